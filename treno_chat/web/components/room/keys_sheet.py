"""The sheet of the keyboard shortcuts, and the switch of those that are one key alone."""

import reflex as rx

from treno_chat.web.browser.store import memory
from treno_chat.web.browser.words import say
from treno_chat.web.components.sheet import sheet


def keys_sheet() -> rx.Component:
    """The sheet, while it is open."""
    enter, escape = key(say("key.enter")), key(say("key.escape"))
    return sheet(
        "keys",
        say("keys.title"),
        rx.el.dl(
            keys_row(say("keys.send"), enter),
            keys_row(say("keys.newline"), key(say("key.shift")), enter),
            keys_row(say("keys.edit_last"), key("↑", spoken=say("key.up"))),
            keys_row(say("keys.escape"), escape),
            keys_row(say("keys.end"), escape),
            keys_row(say("keys.rooms"), key(memory("mod", str)), key("K")),
            keys_row(say("keys.show"), key("?", spoken=say("key.question"))),
            class_name="keys",
        ),
        keys_switch(),
    )


def keys_row(what: rx.Var[str], *keys: rx.Component) -> rx.Component:
    """What happens, and the keys that are pressed together for it."""
    first, *others = keys
    together = [part for key in others for part in (" + ", key)]
    return rx.el.div(rx.el.dt(first, *together), rx.el.dd(what))


def key(name: str | rx.Var[str], *, spoken: rx.Var[str] | None = None) -> rx.Component:
    """A key as it is written on it; `spoken` where that is a sign that may be passed over."""
    if spoken is None:
        return rx.el.kbd(name)
    return rx.el.kbd(rx.el.span(name, aria_hidden=True), rx.el.span(spoken, class_name="sr"))


def keys_switch() -> rx.Component:
    """Whether one key alone does anything."""
    return rx.el.div(
        rx.el.span(say("keys.single"), id="keys-single", class_name="grow"),
        rx.el.button(
            type="button",
            role="switch",
            class_name="switch",
            aria_checked=memory("hasKeys", bool),
            aria_labelledby="keys-single",
            custom_attrs={"data-act": "keys"},
        ),
        class_name="line",
    )
