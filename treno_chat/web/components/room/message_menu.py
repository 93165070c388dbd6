"""What one can do with a message of one's own."""

import reflex as rx

from treno_chat.web.browser.words import say
from treno_chat.web.components.icons import IconName, icon
from treno_chat.web.components.sheet import sheet


def message_menu() -> rx.Component:
    """The menu of the chosen message."""
    return sheet(
        "message",
        say("message.actions_mine"),
        rx.el.div(
            _item("copy", "copy", "message.copy"),
            _item("edit", "edit", "message.edit"),
            _item("remove", "remove", "message.delete", css="row danger"),
            rx.el.p(say("message.delete_ask"), class_name="hint"),
            class_name="menu",
        ),
    )


def _item(act: str, glyph: IconName, key: str, *, css: str = "row") -> rx.Component:
    return rx.el.button(
        icon(glyph), say(key), type="button", class_name=css, custom_attrs={"data-act": act}
    )
