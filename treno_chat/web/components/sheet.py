"""The sheet: rises from below on a phone, stands in the middle of a wide screen."""

import reflex as rx

from treno_chat.web.browser.store import memory
from treno_chat.web.browser.words import say


def sheet(
    name: str,
    title: rx.Var[str],
    *inside: rx.Component,
    acts: rx.Component | None = None,
    is_close_first: bool = True,
) -> rx.Component:
    """Return a sheet that shows while the page's memory names it.

    The focus goes to its button for closing, unless something `inside` takes it.
    """
    return rx.cond(
        memory("sheet", str) == name,
        rx.el.div(
            rx.el.section(
                _head(title, takes_focus=is_close_first),
                rx.el.div(*inside, class_name="inside stack"),
                rx.el.div(acts, class_name="acts") if acts else rx.fragment(),
                class_name="sheet",
                role="dialog",
                aria_modal=True,
                aria_label=title,
            ),
            class_name="scrim",
        ),
    )


def _head(title: rx.Var[str], *, takes_focus: bool) -> rx.Component:
    return rx.el.div(
        rx.el.h2(title, class_name="sign s19 cut"),
        rx.el.button(
            say("app.close"),
            type="button",
            class_name="btn quiet",
            custom_attrs={"data-act": "close"},
            auto_focus=takes_focus,
        ),
        class_name="head",
    )
