"""The recovery codes as a ticket: shown once, to be copied or printed, never kept in a State."""

import reflex as rx

from treno_chat.web.browser.store import memory
from treno_chat.web.browser.words import say
from treno_chat.web.components.icons import IconName, icon


def codes_ticket() -> rx.Component:
    """The ticket, with what was just made."""
    codes = memory("codes", list[str])
    count = codes.length()
    return rx.el.section(
        rx.el.div(
            rx.el.div(
                rx.el.h2(say("account.codes"), class_name="sign"),
                rx.el.span(say("account.codes_of", n=count, total=count), class_name="num"),
                class_name="band",
            ),
            rx.el.div(class_name="fil"),
            rx.el.div(
                rx.el.p(say("recover.codes_note"), class_name="t15"),
                rx.el.ol(rx.foreach(codes, _code), class_name="codes"),
                class_name="pad stack gap-12",
            ),
            class_name="body",
        ),
        rx.el.div(
            rx.el.div(
                _act("copy-codes", "copy", say("app.copy"), done=say("message.copied")),
                _act("print-codes", "print", say("app.print")),
                class_name="pad line wrap",
            ),
            class_name="stub guilloche",
        ),
        class_name="ticket codes-ticket",
        aria_label=say("account.codes"),
    )


def _code(code: rx.Var[str]) -> rx.Component:
    return rx.el.li(code)


def _act(
    name: str, glyph: IconName, label: rx.Var[str], *, done: rx.Var[str] | str = ""
) -> rx.Component:
    return rx.el.button(
        icon(glyph, "i i-s"),
        rx.el.span(label, custom_attrs={"data-done": done}),
        type="button",
        class_name="btn edge grow",
        custom_attrs={"data-code-act": name},
    )
