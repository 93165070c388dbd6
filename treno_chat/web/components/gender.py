"""Gender: a glyph and a word, never a colour."""

from collections.abc import Callable
from typing import Any

import reflex as rx

from treno_chat.domain.people import Gender
from treno_chat.web.browser.words import say_chosen
from treno_chat.web.components.field import error
from treno_chat.web.components.icons import icon, symbol

Speech = Callable[[str], str] | Callable[[str], rx.Var[str]]


def gender_mark(gender: str | rx.Var[str]) -> rx.Component:
    """The glyph beside an alias, with its word for who cannot see it."""
    word = say_chosen(rx.Var.create(f"gender.{gender}"))
    return rx.el.span(
        symbol("/icons.svg", gender, "i i-xs"),
        rx.el.span(word, class_name="sr"),
        class_name="gender",
        title=word,
    )


def gender_choices(say_it: Speech, *, chosen: rx.Var[str] | None = None) -> rx.Component:
    """The four answers of a form, two by two; without `chosen` none is chosen for anybody."""
    return rx.el.fieldset(
        rx.el.legend(say_it("entry.gender"), class_name="label"),
        rx.el.div(*(_choice(say_it, gender, chosen) for gender in Gender), class_name="choices"),
        error("gender"),
        aria_describedby="gender-error",
    )


def _choice(say_it: Speech, gender: Gender, chosen: rx.Var[str] | None) -> rx.Component:
    given: dict[str, Any] = {} if chosen is None else {"default_checked": chosen == gender.value}
    return rx.el.label(
        rx.el.input(
            type="radio",
            name="gender",
            value=gender.value,
            required=True,
            aria_describedby="gender-error",
            **given,
        ),
        rx.el.span(icon(gender.value, "i i-s"), say_it(f"gender.{gender}")),
        class_name="choice",
    )
