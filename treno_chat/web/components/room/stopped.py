"""The screens that have stopped: a drawing, one sentence, the next step."""

from typing import Literal

import reflex as rx

from treno_chat.web.components.icons import symbol

Art = Literal["barrier", "tunnel"]


def stopped(
    *steps: rx.Component, title: str | rx.Var[str], text: str | rx.Var[str], art: Art = "barrier"
) -> rx.Component:
    """The whole screen; `steps` are the buttons, the likeliest first."""
    return rx.el.main(
        rx.el.div(),
        rx.el.div(
            symbol("/art.svg", art, "art"),
            rx.el.div(
                rx.el.h1(title, class_name="sign s32"),
                rx.el.p(text, class_name="soft"),
                class_name="stack gap-8",
            ),
            rx.el.div(*steps, class_name="stack gap-12"),
            class_name="stack mid gap-20",
        ),
        class_name="stopped",
        id="main",
    )
