"""What became of my message: on its way, waiting, sent, or refused with a way on."""

import reflex as rx

from treno_chat.web.browser.room.rows import Row
from treno_chat.web.browser.words import say, say_chosen
from treno_chat.web.components.icons import icon


def message_state(row: Row) -> rx.Component:
    """What became of my message; only a failure is read out by itself."""
    return rx.el.span(
        rx.match(
            row.state,
            ("sending", rx.el.span(say("message.sending"))),
            ("waiting", _waiting(row, say("message.waiting"))),
            ("queued", _waiting(row, _turn(row))),
            ("failed", _failed(row)),
            _sent(row),
        ),
        class_name="state",
        aria_live=rx.cond(row.state == "failed", "polite", "off"),
    )


def _sent(row: Row) -> rx.Component:
    return rx.fragment(
        rx.el.time(row.time, date_time=row.iso, title=row.full),
        icon("check", "i i-xs"),
        rx.el.span(say("message.delivered"), class_name="sr"),
    )


def _waiting(row: Row, why: rx.Var[str]) -> rx.Component:
    """It goes by itself; only where the server named a time, trying before it makes sense."""
    return rx.fragment(
        icon("clock", "i i-xs"),
        rx.el.span(why),
        rx.cond(row.seconds > 0, _retry(row, "link-do")),
        # A change of what was sent is taken back by changing it once more.
        rx.cond(row.seq == 0, _discard(row, "link-do")),
    )


def _turn(row: Row) -> rx.Var[str]:
    return rx.cond(row.seconds > 0, say("message.leaves_in", n=row.seconds), say("message.queued"))


def _failed(row: Row) -> rx.Component:
    reason = say_chosen(rx.Var.create(f"error.{row.code}"))
    return rx.fragment(
        rx.el.span(say("message.failed"), ". ", rx.cond(row.code != "", reason, "")),
        rx.el.span(
            _retry(row, "btn quiet"), _discard(row, "btn quiet plain"), class_name="line retry"
        ),
    )


def _retry(row: Row, css: str) -> rx.Component:
    return rx.el.button(
        say("message.retry"),
        type="button",
        class_name=css,
        custom_attrs={"data-act": "retry", "data-id": row.client_id},
    )


def _discard(row: Row, css: str) -> rx.Component:
    return rx.el.button(
        say("message.discard"),
        type="button",
        class_name=css,
        custom_attrs={"data-act": "discard", "data-id": row.client_id},
    )
