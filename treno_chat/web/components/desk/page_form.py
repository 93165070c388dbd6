"""The form in which staff write a page of their place's own."""

import reflex as rx

from treno_chat.web.browser.words import either, say
from treno_chat.web.components.field import error, field, text_field
from treno_chat.web.components.own_form import hidden, own_form, submit
from treno_chat.web.states.desk import DeskState


def page_form() -> rx.Component:
    """The form while something is written, else the button that begins."""
    return rx.cond(
        DeskState.draft.key != "",
        rx.el.section(_form(), key=DeskState.draft.key, class_name="card pad"),
        rx.el.button(
            say("desk.write"),
            type="button",
            class_name="btn act",
            custom_attrs={"data-desk-act": "write"},
        ),
    )


def _form() -> rx.Component:
    draft = DeskState.draft
    return own_form(
        "page-keep",
        rx.el.div(
            _heading(),
            rx.el.p(
                either(
                    draft.is_settled,
                    say("desk.settled_meanwhile"),
                    either(draft.is_changed, say("desk.changed_meanwhile"), ""),
                ),
                role="status",
                class_name="hint",
            ),
        ),
        hidden("answers", draft.answers),
        hidden("topic", draft.topic),
        hidden("replaces", draft.version),
        field(
            "title",
            label=say("desk.page_title"),
            default_value=draft.title,
            auto_complete="off",
            auto_focus=True,
        ),
        text_field("body", label=say("desk.body"), rows="10", default_value=draft.body),
        field(
            "aliases",
            label=say("desk.aliases"),
            hint=say("desk.aliases_hint"),
            default_value=draft.aliases,
            auto_complete="off",
        ),
        rx.cond(draft.slug != "", _name_kept(), _name_given()),
        rx.el.div(
            submit(say("desk.keep"), css="btn act"),
            rx.el.button(
                say("app.cancel"),
                type="button",
                class_name="btn quiet",
                custom_attrs={"data-desk-act": "stop"},
            ),
            class_name="line wrap",
        ),
        css="stack gap-12",
    )


def _heading() -> rx.Component:
    draft = DeskState.draft
    return rx.el.h3(
        either(
            draft.answers != "",
            say("desk.answering"),
            either(draft.slug != "", say("desk.editing"), say("desk.writing")),
        ),
        class_name="sign s19",
    )


def _name_kept() -> rx.Component:
    """A page keeps its name and its language: under another one it would be another page."""
    draft = DeskState.draft
    return rx.fragment(hidden("slug", draft.slug), hidden("language", draft.language))


def _name_given() -> rx.Component:
    return rx.fragment(
        rx.el.div(
            rx.el.label(say("desk.language"), html_for="language"),
            rx.el.select(
                *(
                    rx.el.option(name, value=language, lang=language)
                    for language, name in (("it", "Italiano"), ("en", "English"))
                ),
                id="language",
                name="language",
                class_name="input",
                default_value=either(
                    DeskState.draft.language == "",
                    say("app.language_code"),
                    DeskState.draft.language,
                ),
                aria_describedby="language-error",
            ),
            error("language"),
            class_name="field",
        ),
        field(
            "slug",
            label=say("desk.slug"),
            hint=say("desk.slug_hint"),
            default_value="",
            auto_complete="off",
            auto_capitalize="none",
            spell_check=False,
        ),
    )
