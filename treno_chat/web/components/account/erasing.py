"""The ten seconds, and then the proof of what was erased."""

from typing import Any

import reflex as rx

from treno_chat.web.browser.store import memory
from treno_chat.web.browser.words import say
from treno_chat.web.components.own_form import own_form, submit
from treno_chat.web.components.plain import plain_link

KINDS = (
    "messages",
    "tasks",
    "conversations",
    "sessions",
    "passkeys",
    "codes",
    "phone",
    "memberships",
)


def countdown() -> rx.Component:
    """What stands there while one can still think again."""
    undo = memory("undo", int)
    return rx.el.main(
        rx.el.div(),
        rx.el.div(
            rx.el.p(undo, class_name="count-down sign num", role="timer", aria_hidden=True),
            rx.el.div(
                rx.el.h1(say("erase.counting"), class_name="sign s32"),
                rx.el.p(say("erase.counting_text"), class_name="soft", role="status"),
                class_name="stack gap-8",
            ),
            own_form("stay", submit(say("erase.stay"), takes_focus=True)),
            class_name="stack mid gap-20",
        ),
        class_name="stopped",
        id="main",
    )


def proof() -> rx.Component:
    """What is gone, counted; the session is gone with it."""
    erased = memory("erased", dict[str, int])
    return rx.el.main(
        rx.el.div(),
        rx.el.div(
            rx.el.div(
                rx.el.h1(say("erase.done"), class_name="sign s32"),
                rx.el.p(say("erase.done_text"), class_name="soft", role="status"),
                class_name="stack gap-8",
            ),
            rx.el.dl(*(_kind(kind, erased[kind]) for kind in KINDS), class_name="card proof"),
            rx.el.p(say("erase.remains"), class_name="t13 soft"),
            plain_link(say("lost.home"), href="/", class_name="btn act lg wide"),
            class_name="stack mid gap-20",
        ),
        class_name="stopped",
        id="main",
    )


def _kind(kind: str, count: rx.Var[Any]) -> rx.Component:
    return rx.cond(
        count.to(int) > 0,
        rx.el.div(rx.el.dt(say(f"erased.{kind}")), rx.el.dd(count, class_name="num")),
    )
