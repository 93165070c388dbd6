"""Gender: a glyph and a word, never a colour."""

import reflex as rx

from treno_chat.domain.people import Gender
from treno_chat.domain.words import Words
from treno_chat.web.browser.words import say_chosen
from treno_chat.web.components.field import error
from treno_chat.web.components.icons import icon, symbol


def gender_mark(gender: str | rx.Var[str]) -> rx.Component:
    """The glyph beside an alias, with its word for who cannot see it."""
    word = say_chosen(rx.Var.create(f"gender.{gender}"))
    return rx.el.span(
        symbol("/icons.svg", gender, "i i-xs"),
        rx.el.span(word, class_name="sr"),
        class_name="gender",
        title=word,
    )


def gender_choices(words: Words) -> rx.Component:
    """The four answers of a form, two by two; none is chosen for anybody."""
    return rx.el.fieldset(
        rx.el.legend(words.say("entry.gender"), class_name="label"),
        rx.el.div(*(_choice(words, gender) for gender in Gender), class_name="choices"),
        error("gender"),
        aria_describedby="gender-error",
    )


def _choice(words: Words, gender: Gender) -> rx.Component:
    return rx.el.label(
        rx.el.input(
            type="radio",
            name="gender",
            value=gender.value,
            required=True,
            aria_describedby="gender-error",
        ),
        rx.el.span(icon(gender.value, "i i-s"), words.say(f"gender.{gender}")),
        class_name="choice",
    )
