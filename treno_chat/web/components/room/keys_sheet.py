"""The sheet of the keyboard shortcuts, and the switches of those that not everybody wants."""

import reflex as rx

from treno_chat.web.browser.store import memory
from treno_chat.web.browser.words import say
from treno_chat.web.components.sheet import sheet


def keys_sheet() -> rx.Component:
    """The sheet, while it is open."""
    escape = key(say("key.escape"))
    return sheet(
        "keys",
        say("keys.title"),
        rx.el.dl(
            sending_rows(say("keys.send")),
            keys_row(say("keys.edit_last"), key("↑", spoken=say("key.up"))),
            keys_row(say("keys.escape"), escape),
            keys_row(say("keys.end"), escape),
            keys_row(say("keys.rooms"), key(memory("mod", str)), key("K")),
            keys_row(say("keys.show"), key("?", spoken=say("key.question"))),
            class_name="keys",
        ),
        keys_switches(),
    )


def sending_rows(sends: rx.Var[str]) -> rx.Component:
    """Which keys send (`sends` says what), and which begin a new line: as was chosen below."""
    enter, shift, mod = key(say("key.enter")), key(say("key.shift")), key(memory("mod", str))
    return rx.cond(
        memory("sendsByEnter", bool),
        rx.fragment(keys_row(sends, enter), keys_row(say("keys.newline"), shift, enter)),
        rx.fragment(keys_row(sends, mod, enter), keys_row(say("keys.newline"), enter)),
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


def keys_switches() -> rx.Component:
    """Whether Enter sends, and whether one key alone does anything."""
    return rx.fragment(
        _switch("enter", say("keys.enter_sends"), memory("sendsByEnter", bool)),
        _switch("keys", say("keys.single"), memory("hasKeys", bool)),
    )


def _switch(act: str, label: rx.Var[str], is_on: rx.Var[bool]) -> rx.Component:
    return rx.el.div(
        rx.el.span(label, id=f"switch-{act}", class_name="grow"),
        rx.el.button(
            type="button",
            role="switch",
            class_name="switch",
            aria_checked=is_on,
            aria_labelledby=f"switch-{act}",
            custom_attrs={"data-act": act},
        ),
        class_name="line",
    )
