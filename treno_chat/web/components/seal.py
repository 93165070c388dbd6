"""The seal: the mark beside an alias, a punched shape on a scrap of ticket."""

from typing import Literal

import reflex as rx

from treno_chat.web.browser.words import say, say_chosen
from treno_chat.web.components.icons import symbol

Size = Literal["", "s24", "s40", "s48", "s64"]


def seal(shape: str | rx.Var[str], ink: str | rx.Var[str], *, size: Size = "") -> rx.Component:
    """A person's seal, which says its name to who cannot see it."""
    return rx.el.span(
        symbol("/seals.svg", shape),
        class_name=f"seal {size} ink-{ink}",
        role="img",
        aria_label=say(
            "seal.name", shape=_named(f"seal.shape.{shape}"), ink=_named(f"seal.ink.{ink}")
        ),
    )


def seal_number(number: str | rx.Var[str]) -> rx.Component:
    """The number of a seal, beside an alias that somebody else carries too; "" shows nothing."""
    return rx.cond(
        number != "",
        rx.el.span(
            rx.el.span(say("seal.number", n=number), class_name="sr"),
            rx.el.span(number, aria_hidden=True),
            class_name="badge num",
        ),
    )


def _named(key: str) -> rx.Var[str]:
    return say_chosen(rx.Var.create(key))
