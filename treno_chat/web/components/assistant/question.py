"""A question of mine: on screen at once, stored a moment later, or failed with a way on."""

import reflex as rx

from treno_chat.web.browser.assistant.shapes import Turn
from treno_chat.web.browser.words import either, say
from treno_chat.web.components.icons import icon


def question(turn: Turn) -> rx.Component:
    """The bubble, and what became of it."""
    return rx.el.li(
        rx.el.div(
            rx.el.span(say("message.you"), class_name="sr"),
            rx.el.div(turn.text, class_name="word"),
            rx.el.span(
                rx.match(
                    turn.state,
                    ("sending", rx.el.span(say("message.sending"))),
                    ("waiting", _waiting(turn)),
                    ("failed", _failed(turn)),
                    _stored(turn),
                ),
                class_name="state",
                aria_live=rx.cond(turn.state == "failed", "polite", "off"),
            ),
            class_name="in",
        ),
        class_name=f"msg mine {turn.state}",
        tab_index=-1,
    )


def trouble_of(turn: Turn) -> rx.Var[str]:
    """Why it did not work: in the server's words, or in ours where it was not reached."""
    trouble = rx.Var.create(turn.trouble).to(str)
    return either(trouble == "offline", say("error.offline"), trouble)


def _stored(turn: Turn) -> rx.Component:
    return rx.fragment(
        rx.el.time(turn.time, date_time=turn.iso, title=turn.full),
        icon("check", "i i-xs"),
        rx.el.span(say("message.delivered"), class_name="sr"),
    )


def _waiting(turn: Turn) -> rx.Component:
    """It goes by itself as soon as there is a line."""
    return rx.fragment(
        icon("clock", "i i-xs"),
        rx.el.span(say("message.waiting")),
        _do("discard", say("message.discard"), turn, css="link-do"),
    )


def _failed(turn: Turn) -> rx.Component:
    return rx.fragment(
        rx.el.span(say("message.failed"), ". ", trouble_of(turn)),
        rx.el.span(
            _do("resend", say("message.retry"), turn, css="btn quiet"),
            _do("discard", say("message.discard"), turn, css="btn quiet plain"),
            class_name="line retry",
        ),
    )


def _do(act: str, label: rx.Var[str], turn: Turn, *, css: str) -> rx.Component:
    return rx.el.button(
        label,
        type="button",
        class_name=css,
        custom_attrs={"data-ask": act, "data-id": turn.client_id},
    )
