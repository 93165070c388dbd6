"""Where one asks, and stops what is being answered."""

import reflex as rx

from treno_chat.web.browser.assistant.composer import COMPOSER_ID, TEXT_ID
from treno_chat.web.browser.assistant.desk import kept
from treno_chat.web.browser.words import say
from treno_chat.web.components.icons import icon
from treno_chat.web.components.room.composer import COUNT_FROM


def composer() -> rx.Component:
    """The field, the counter near the limit, and one button: ask, or stop."""
    left = kept("left", int)
    return rx.el.form(
        rx.el.textarea(
            id=TEXT_ID,
            class_name="input",
            rows=1,
            aria_label=say("ai.question"),
            aria_describedby="assistant-left",
            aria_invalid=left < 0,
            placeholder=say("ai.write"),
            # Only on glass is there such a key, and there it begins a new line.
            enter_key_hint="enter",
        ),
        rx.el.span(
            rx.cond(left <= COUNT_FROM, say("room.left", n=left), ""),
            id="assistant-left",
            class_name=rx.cond(left < 0, "left over", "left"),
            role="status",
        ),
        rx.cond(
            kept("isBusy", bool),
            rx.el.button(
                icon("stop"),
                type="button",
                class_name="send",
                aria_label=say("ai.stop"),
                custom_attrs={"data-ask": "stop"},
            ),
            rx.el.button(
                icon("send"),
                type="submit",
                class_name="send",
                aria_label=say("ai.send"),
                disabled=left < 0,
            ),
        ),
        id=COMPOSER_ID,
        class_name="composer",
    )
