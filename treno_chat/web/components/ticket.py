"""The ticket: perforated, and only for what expires."""

from typing import Any

import reflex as rx

from treno_chat.domain.policy import Policy
from treno_chat.domain.words import Words


def ticket(
    *parts: rx.Component,
    title: str,
    note: str,
    stub: rx.Component,
    **attributes: Any,  # noqa: ANN401 -- whatever a form takes
) -> rx.Component:
    """A form as a ticket: a band, the parts, and below the tear the stub."""
    band = rx.el.div(rx.el.span(title), rx.el.span(note, class_name="num"), class_name="band")
    return rx.el.form(
        rx.el.div(
            band,
            rx.el.div(class_name="fil"),
            rx.el.div(*parts, class_name="pad stack gap-14"),
            class_name="body",
        ),
        stub,
        class_name="ticket",
        aria_label=title,
        reset_on_submit=False,
        **attributes,
    )


def validity_stub(words: Words, policy: Policy) -> rx.Component:
    """The stub that says until when the ticket is valid, and what is kept how long."""
    hours = policy.promised_hours()["hours"]
    return rx.el.div(
        rx.el.div(
            rx.el.div(
                rx.el.p(words.count("entry.valid", hours), class_name="sign s19"),
                rx.el.p(words.say("entry.gone"), class_name="t15"),
                _kept(words, policy),
                class_name="stack gap-4",
            ),
            rx.el.span(f"TRENO CHAT · {hours} H", class_name="serial num", aria_hidden=True),
            class_name="pad keeps",
        ),
        class_name="stub guilloche",
    )


def _kept(words: Words, policy: Policy) -> rx.Component:
    hours = policy.promised_hours()
    return rx.el.details(
        rx.el.summary(words.say("entry.kept")),
        rx.el.dl(
            *(
                rx.el.div(
                    rx.el.dt(words.say(f"kept.{what}")),
                    rx.el.dd(words.say(f"kept.{what}_until", **hours)),
                )
                for what in ("identity", "messages", "account")
            ),
            class_name="kept",
        ),
    )
