"""The lists of the desk: the questions that wait, and the pages that the place has of its own."""

from typing import Any

import reflex as rx

from treno_chat.web.browser.desk import PAGES_ID, QUESTIONS_ID
from treno_chat.web.browser.moments import day
from treno_chat.web.browser.store import memory
from treno_chat.web.browser.words import say, say_chosen
from treno_chat.web.components.icons import IconName, icon
from treno_chat.web.components.own_form import hidden, own_form, submit
from treno_chat.web.components.sheet import sheet
from treno_chat.web.desk_cards import PageCard, QuestionCard
from treno_chat.web.states.desk import DeskState


def question_list() -> rx.Component:
    """What waits, or that nothing does; more of it on request."""
    return rx.el.section(
        rx.el.h2(say("desk.questions"), class_name="sign s24"),
        rx.el.p(say("desk.questions_text"), class_name="soft"),
        rx.cond(
            DeskState.questions.length() > 0,
            rx.el.ul(rx.foreach(DeskState.questions, _question), class_name="card rows"),
            rx.el.p(say("desk.no_questions"), class_name="soft nothing"),
        ),
        rx.cond(
            DeskState.has_more,
            rx.el.button(
                say("desk.more"),
                type="button",
                class_name="btn quiet wide",
                custom_attrs={"data-desk-act": "more"},
            ),
        ),
        id=QUESTIONS_ID,
        tab_index=-1,
        class_name="stack gap-12",
    )


def page_list(form: rx.Component) -> rx.Component:
    """The pages below the `form` that writes them."""
    return rx.el.section(
        rx.el.h2(say("desk.pages"), class_name="sign s24"),
        rx.el.p(say("desk.pages_text"), class_name="soft"),
        form,
        rx.cond(
            DeskState.pages.length() > 0,
            rx.el.ul(rx.foreach(DeskState.pages, _page), class_name="card rows"),
            rx.el.p(say("desk.no_pages"), class_name="soft nothing"),
        ),
        id=PAGES_ID,
        tab_index=-1,
        class_name="stack gap-12",
    )


def page_removal() -> rx.Component:
    """Asked once more, before a page goes for good."""
    return sheet("page-remove", say("desk.remove_title"), rx.foreach(DeskState.pages, _removal))


def _question(question: QuestionCard) -> rx.Component:
    about, times = _text(question.id), rx.Var.create(question.times).to(int)
    at = day(rx.Var.create(question.at).to(int))
    return rx.el.li(
        own_form(
            "question-settle",
            hidden("id", about),
            rx.el.div(
                rx.el.p(_text(question.body), class_name="name words"),
                rx.el.p(
                    _badge(
                        rx.cond(
                            _text(question.asker) != "",
                            say("desk.from", alias=_text(question.asker)),
                            _why(question.kind),
                        )
                    ),
                    rx.foreach(rx.Var.create(question.also).to(list[str]), _also),
                    rx.cond(times > 1, rx.fragment(" ", say("desk.times", n=times))),
                    " ",
                    at,
                    class_name="t13 soft",
                ),
                class_name="grow",
            ),
            rx.el.button(
                say("desk.answer"),
                type="button",
                class_name="btn edge",
                aria_label=say("desk.answer_it", question=_text(question.body)),
                custom_attrs={"data-desk-act": "answer", "data-question": about},
            ),
            rx.el.button(
                icon("check"),
                type="submit",
                class_name="icon",
                aria_label=say("desk.settle", question=_text(question.body)),
            ),
            css="row",
        ),
        key=question.id,
        class_name="task",
    )


def _also(kind: str) -> rx.Component:
    return rx.fragment(" ", _badge(_why(kind)))


def _why(kind: str) -> rx.Var[str]:
    return say_chosen(rx.Var.create(f"desk.kind_{_text(kind)}"))


def _badge(text: rx.Var[str]) -> rx.Component:
    return rx.el.span(text, class_name="badge")


def _page(page: PageCard) -> rx.Component:
    title, slug, language = _text(page.title), _text(page.slug), _text(page.language)
    return rx.el.li(
        rx.el.div(
            rx.el.div(
                rx.el.p(title, class_name="name", lang=language),
                rx.el.p(
                    say_chosen(rx.Var.create(f"language.name_{language}")),
                    " · ",
                    slug,
                    " · ",
                    day(rx.Var.create(page.at).to(int)),
                    class_name="t13 soft",
                ),
                class_name="grow",
            ),
            _button(
                "edit",
                say("desk.edit", title=title),
                {"data-desk-act": "edit", "data-language": language, "data-page": slug},
            ),
            _button(
                "remove",
                say("desk.remove", title=title),
                {"data-act": "sheet", "data-id": "page-remove", "data-about": _key(page)},
            ),
            class_name="row",
        ),
        key=_key(page),
        class_name="task",
    )


def _removal(page: PageCard) -> rx.Component:
    return rx.cond(
        memory("about", str) == _key(page),
        own_form(
            "page-remove",
            hidden("language", _text(page.language)),
            hidden("slug", _text(page.slug)),
            rx.el.p(say("desk.remove_ask", title=_text(page.title)), class_name="long"),
            submit(say("desk.remove_do"), css="btn danger full lg wide", glyph="remove"),
        ),
    )


def _button(glyph: IconName, label: rx.Var[str], attributes: dict[str, Any]) -> rx.Component:
    return rx.el.button(
        icon(glyph), type="button", class_name="icon", aria_label=label, custom_attrs=attributes
    )


def _key(page: PageCard) -> rx.Var[str]:
    return rx.Var.create(f"{_text(page.language)}/{_text(page.slug)}")


def _text(value: str) -> rx.Var[str]:
    # While the page is built a card's fields are Vars, whatever their class says.
    return rx.Var.create(value).to(str)
