"""The sheet of the keyboard shortcuts, and the switch of those that are one key alone."""

import reflex as rx

from treno_chat.web.browser.store import memory
from treno_chat.web.browser.words import say
from treno_chat.web.components.sheet import sheet


def keys_sheet() -> rx.Component:
    """The sheet, while it is open."""
    enter, escape = _key(say("key.enter")), _key(say("key.escape"))
    return sheet(
        "keys",
        say("keys.title"),
        rx.el.dl(
            _row(say("keys.send"), enter),
            _row(say("keys.newline"), _key(say("key.shift")), enter),
            _row(say("keys.edit_last"), _key("↑", spoken=say("key.up"))),
            _row(say("keys.escape"), escape),
            _row(say("keys.end"), escape),
            _row(say("keys.rooms"), _key(memory("mod", str)), _key("K")),
            _row(say("keys.show"), _key("?", spoken=say("key.question"))),
            class_name="keys",
        ),
        _switch(),
    )


def _row(what: rx.Var[str], *keys: rx.Component) -> rx.Component:
    first, *others = keys
    together = [part for key in others for part in (" + ", key)]
    return rx.el.div(rx.el.dt(first, *together), rx.el.dd(what))


def _key(name: str | rx.Var[str], *, spoken: rx.Var[str] | None = None) -> rx.Component:
    """A key as it is written on it; `spoken` where that is a sign that may be passed over."""
    if spoken is None:
        return rx.el.kbd(name)
    return rx.el.kbd(rx.el.span(name, aria_hidden=True), rx.el.span(spoken, class_name="sr"))


def _switch() -> rx.Component:
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
