"""Sections of a page about oneself: a heading, and rows that say one thing each."""

from typing import Any

import reflex as rx

from treno_chat.web.components.icons import IconName, icon

Words = str | rx.Var[str] | rx.Component


def section(title: rx.Var[str], *inside: rx.Component, css: str = "section") -> rx.Component:
    """A heading and what belongs under it."""
    return rx.el.section(rx.el.h2(title), *inside, class_name=css)


def row(
    glyph: IconName | rx.Var[str], title: Words, *lines: Words, end: rx.Component | None = None
) -> rx.Component:
    """A row of a card: what it is, what is said of it, and what can be done."""
    return rx.el.li(
        icon(glyph),
        rx.el.p(
            rx.el.span(title, class_name="alias name"),
            *(rx.el.span(line, class_name="t13 soft") for line in lines),
            class_name="grow",
        ),
        end or rx.fragment(),
        class_name="row",
    )


def opens(
    sheet: str,
    label: str | rx.Var[str],
    *,
    about: str | rx.Var[str] = "",
    css: str = "btn quiet",
    glyph: IconName | None = None,
    named: rx.Var[str] | None = None,
) -> rx.Component:
    """A button that opens a sheet; `named` says of what, for who does not see where it stands."""
    mark = (icon(glyph, "i i-s"),) if glyph else ()
    spoken: dict[str, Any] = {} if named is None else {"aria_label": named}
    return rx.el.button(
        *mark,
        label,
        type="button",
        class_name=css,
        custom_attrs={"data-act": "sheet", "data-id": sheet, "data-about": about},
        **spoken,
    )
