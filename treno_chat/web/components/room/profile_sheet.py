"""What a person says of themselves: the card with the seal, and the sheet that changes it."""

import reflex as rx

from treno_chat.domain.door.alias import MAX_TYPED
from treno_chat.web.browser.store import memory
from treno_chat.web.browser.words import either, say, say_chosen
from treno_chat.web.components.field import field
from treno_chat.web.components.gender import gender_choices, gender_mark
from treno_chat.web.components.icons import icon
from treno_chat.web.components.own_form import own_form, submit
from treno_chat.web.components.room.me_sheet import THEMES
from treno_chat.web.components.seal import seal
from treno_chat.web.components.sheet import sheet
from treno_chat.web.states.account import AccountState

LANGUAGES = (("it", "Italiano"), ("en", "English"))


def profile_card() -> rx.Component:
    """Who one is here."""
    card = AccountState.card
    return rx.el.section(
        rx.el.div(
            seal(card.shape, card.ink, size="s64"),
            rx.el.div(
                rx.el.p(
                    rx.el.span(card.alias, class_name="sign s24 long"),
                    gender_mark(card.gender),
                    class_name="line tight",
                ),
                rx.cond(
                    card.status_line != "",
                    rx.el.p(f"«{card.status_line}»", class_name="soft t15 long"),
                ),
                rx.el.p(_seal_name(), class_name="t13 soft cap"),
                class_name="grow stack gap-2",
            ),
            rx.cond(
                card.is_anonymous,
                rx.fragment(),
                rx.el.button(
                    icon("edit"),
                    type="button",
                    class_name="icon",
                    aria_label=say("account.edit"),
                    custom_attrs={"data-act": "sheet", "data-id": "profile"},
                ),
            ),
            class_name="card pad line who",
        ),
        class_name="section",
        aria_label=say("account.you"),
    )


def _seal_name() -> rx.Var[str]:
    card = AccountState.card
    return say(
        "seal.full",
        shape=say_chosen(rx.Var.create(f"seal.shape.{card.shape}")),
        ink=say_chosen(rx.Var.create(f"seal.ink.{card.ink}")),
        n=card.number,
    )


def profile_sheet() -> rx.Component:
    """The sheet, while it is open."""
    card = AccountState.card
    return sheet(
        "profile",
        say("account.edit"),
        own_form(
            "profile",
            field(
                "alias",
                label=say("create.alias"),
                default_value=card.alias,
                auto_complete="nickname",
                auto_capitalize="words",
                spell_check=False,
                max_length=MAX_TYPED,
            ),
            gender_choices(say, chosen=card.gender),
            field(
                "status_line",
                label=say("account.status"),
                hint=say("room.left", n=memory("statusLeft", int)),
                default_value=card.status_line,
                auto_complete="off",
            ),
            _choices("language", say("language.title"), _languages()),
            _choices("theme", say("theme.title"), _themes()),
            submit(say("account.save")),
        ),
    )


def _choices(name: str, title: rx.Var[str], choices: list[rx.Component]) -> rx.Component:
    return rx.el.fieldset(
        rx.el.legend(title, class_name="label"),
        rx.el.div(*choices, class_name=f"choices {name}"),
    )


def _languages() -> list[rx.Component]:
    spoken = say("app.language_code")
    return [
        _choice("language", code, rx.el.span(name, lang=code), is_chosen=spoken == code)
        for code, name in LANGUAGES
    ]


def _themes() -> list[rx.Component]:
    theme = AccountState.card.theme
    chosen = either(theme == "", "system", theme)
    return [
        _choice(
            "theme",
            name,
            rx.el.span(icon(glyph, "i i-s"), say(f"theme.{name}")),
            is_chosen=chosen == name,
        )
        for name, glyph in THEMES
    ]


def _choice(
    name: str, value: str, label: rx.Component, *, is_chosen: rx.Var[bool] | bool
) -> rx.Component:
    return rx.el.label(
        rx.el.input(type="radio", name=name, value=value, default_checked=is_chosen),
        label,
        class_name="choice",
    )
