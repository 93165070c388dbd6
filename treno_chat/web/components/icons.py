"""Icons: symbols of assets/icons.svg, drawn with the colour and size of their place."""

from typing import Literal

import reflex as rx

IconName = Literal[
    "account",
    "alert",
    "back",
    "bed",
    "check",
    "clock",
    "close",
    "copy",
    "down",
    "edit",
    "exit",
    "female",
    "flag",
    "forward",
    "glass",
    "key",
    "light",
    "male",
    "megaphone",
    "more",
    "night",
    "other",
    "people",
    "pin",
    "remove",
    "retry",
    "send",
    "settings",
    "shield",
    "system",
    "ticket",
    "train",
    "undisclosed",
    "wave",
]


def icon(name: IconName | rx.Var[str], css: str = "i") -> rx.Component:
    """An icon, silent to screen readers; `css` is `i`, `i i-s`, `i i-xs` or `i i-l`."""
    return symbol("/icons.svg", name, css)


def symbol(sheet: str, name: str | rx.Var[str], css: str | None = None) -> rx.Component:
    """A symbol of one of our sheets, known now or only in the browser."""
    return rx.el.svg(rx.el.svg.use(href=f"{sheet}#{name}"), class_name=css, aria_hidden=True)
