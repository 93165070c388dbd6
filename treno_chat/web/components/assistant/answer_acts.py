"""What can be done with an answer: rate it, have another, pass the question on to staff."""

from typing import Literal

import reflex as rx

from treno_chat.web.browser.assistant.shapes import Turn
from treno_chat.web.browser.words import say
from treno_chat.web.components.icons import icon


def answer_acts(turn: Turn) -> rx.Component:
    """The buttons below an answer."""
    return rx.el.div(
        _rating(turn, "useful", 1),
        _rating(turn, "useless", -1),
        rx.cond(
            rx.Var.create(turn.engine).to(str).startswith("tasks"),
            rx.el.a(say("tasks.yours"), href="/tasks", class_name="btn quiet plain"),
            rx.fragment(_again(turn), _to_staff(turn)),
        ),
        role="group",
        aria_label=say("ai.what_now"),
        class_name="line rate",
    )


def _again(turn: Turn) -> rx.Component:
    return rx.el.button(
        icon("retry"),
        type="button",
        class_name="icon",
        aria_label=say("ai.again"),
        custom_attrs={"data-ask": "again", "data-question": turn.question},
    )


def _to_staff(turn: Turn) -> rx.Component:
    return rx.cond(
        turn.is_handed,
        rx.el.span(icon("check", "i i-s"), say("ai.handed"), class_name="line tight t15 soft"),
        do("hand-over", say("ai.handoff"), turn, css="btn quiet plain"),
    )


def _rating(turn: Turn, name: Literal["useful", "useless"], rating: int) -> rx.Component:
    return rx.el.button(
        icon(name),
        type="button",
        class_name="icon",
        aria_label=say(f"ai.{name}"),
        aria_pressed=turn.rating == rating,
        custom_attrs={"data-ask": "rate", "data-id": turn.id, "data-rating": str(rating)},
    )


def do(act: str, label: rx.Var[str], turn: Turn, *, css: str) -> rx.Component:
    """A button about the question of a turn."""
    return rx.el.button(
        label,
        type="button",
        class_name=css,
        custom_attrs={"data-ask": act, "data-question": turn.question},
    )
