"""Notices: one sentence on a soft ground, with a signal whose shape says how serious it is."""

from typing import Any, Literal

import reflex as rx

from treno_chat.web.components.icons import IconName, icon

Aspect = Literal["", "go", "warn", "stop"]


def notice(
    text: str | rx.Var[str],
    aspect: Aspect = "",
    *,
    glyph: IconName | None = None,
    is_boxed: bool = False,
    **attributes: Any,  # noqa: ANN401 -- whatever an element takes
) -> rx.Component:
    """A notice; with `glyph` an icon stands where the signal would."""
    mark = icon(glyph, "i i-s") if glyph else signal(aspect)
    css = " ".join(filter(None, ("notice", aspect, "boxed" if is_boxed else "")))
    return rx.el.div(mark, rx.el.p(text), class_name=css, **attributes)


def signal(aspect: Aspect = "") -> rx.Component:
    """Disc, triangle or square: the shape speaks before the colour."""
    shape = f"signal {aspect}" if aspect in ("warn", "stop") else "signal"
    return rx.el.span(class_name=shape, aria_hidden=True)
