"""Icons: symbols of assets/{icons,inside}.svg, drawn with the colour and size of their place."""

import hashlib
from functools import cache
from pathlib import Path
from typing import Literal

import reflex as rx

ASSETS = Path(__file__).parents[3] / "assets"

IconName = Literal[
    "account",
    "alert",
    "back",
    "bed",
    "call",
    "check",
    "clock",
    "close",
    "compass",
    "computer",
    "copy",
    "down",
    "download",
    "edit",
    "eraser",
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
    "phone",
    "pin",
    "plus",
    "print",
    "remove",
    "retry",
    "search",
    "send",
    "settings",
    "shield",
    "stop",
    "system",
    "tablet",
    "ticket",
    "train",
    "undisclosed",
    "useful",
    "useless",
    "wave",
]

# What the entry shows, for which it loads no others.
AT_THE_DOOR = frozenset(
    {"alert", "back", "female", "forward", "key", "male", "other", "ticket", "undisclosed"}
)


def icon(name: IconName | rx.Var[str], css: str = "i") -> rx.Component:
    """An icon, silent to screen readers; `css` is `i`, `i i-s`, `i i-xs` or `i i-l`.

    A name that only the browser knows is one of the inside.
    """
    is_at_door = isinstance(name, str) and name in AT_THE_DOOR
    return symbol("/icons.svg" if is_at_door else "/inside.svg", name, css)


def symbol(sheet: str, name: str | rx.Var[str], css: str | None = None) -> rx.Component:
    """A symbol of one of our sheets, known now or only in the browser."""
    drawing = rx.el.svg.use(href=f"{sheet}?{_version(sheet)}#{name}")
    return rx.el.svg(drawing, class_name=css, aria_hidden=True)


@cache
def _version(sheet: str) -> str:
    """Name the content: such a sheet is kept for ever, and is there in a tunnel as well."""
    return hashlib.sha256((ASSETS / sheet.lstrip("/")).read_bytes()).hexdigest()[:8]
