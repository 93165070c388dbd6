"""Where one writes: the field, the counter near the limit, or who else may write here."""

import reflex as rx

from treno_chat.web.browser.room.composer import COMPOSER_ID, TEXT_ID
from treno_chat.web.browser.store import memory
from treno_chat.web.browser.words import say, say_chosen
from treno_chat.web.components.icons import icon
from treno_chat.web.states.room import RoomState

COUNT_FROM = 100


def composer() -> rx.Component:
    """The composer, or the sentence that says who writes here; of no room nobody knows that."""
    closed = rx.el.p(say("announce.closed"), class_name="composer closed")
    return rx.el.div(
        _note(),
        rx.cond(RoomState.can_write, _field(), rx.cond(RoomState.room_id != "", closed)),
    )


def refusal() -> rx.Component:
    """Why what was asked for was not done, when it concerns no message alone."""
    refused = say_chosen(
        "error." + memory("notice", str),
        seconds=memory("seconds", int),
        reference=memory("reference", str),
    )
    return rx.cond(memory("notice", str) != "", rx.el.p(refused, class_name="notice stop"))


def _note() -> rx.Component:
    """What is going on with the words in the field, or with the room: being edited, or refused."""
    return rx.el.div(
        rx.cond(
            memory("editing", str) != "",
            rx.el.p(
                icon("edit", "i i-s"),
                rx.el.span(say("message.editing"), class_name="grow"),
                rx.el.button(
                    say("app.cancel"),
                    type="button",
                    class_name="btn quiet",
                    custom_attrs={"data-act": "unedit"},
                ),
                class_name="notice",
            ),
        ),
        refusal(),
        role="status",
    )


def _field() -> rx.Component:
    left, pause = memory("left", int), memory("pause", int)
    is_held = (pause > 0) & (memory("editing", str) == "")
    return rx.el.form(
        rx.el.textarea(
            id=TEXT_ID,
            class_name="input",
            rows=1,
            aria_label=say("room.message_for", room=RoomState.room_name),
            aria_describedby="composer-left",
            aria_invalid=left < 0,
            placeholder=say("room.write"),
            # Only on glass is there such a key, and there it begins a new line.
            enter_key_hint="enter",
        ),
        rx.el.span(
            rx.cond(left <= COUNT_FROM, say("room.left", n=left), ""),
            id="composer-left",
            class_name=rx.cond(left < 0, "left over", "left"),
            role="status",
        ),
        rx.el.button(
            rx.cond(is_held, say("room.pause", n=pause), icon("send")),
            type="submit",
            class_name="send",
            aria_label=rx.cond(is_held, say("room.send_in", n=pause), say("room.send")),
            disabled=(left < 0) | is_held,
        ),
        id=COMPOSER_ID,
        class_name="composer",
    )
