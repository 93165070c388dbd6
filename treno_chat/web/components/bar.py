"""The bar at the head of a page: the way back, what the page is, and what else it offers."""

import reflex as rx

from treno_chat.web.components.icons import icon


def back_bar(
    *shown: rx.Component, href: str | rx.Var[str], label: str | rx.Var[str]
) -> rx.Component:
    """Lead back to `href`, and show the page's title with whatever stands beside it."""
    return rx.el.header(
        rx.el.a(icon("back"), href=href, class_name="icon", aria_label=label),
        *shown,
        class_name="bar",
    )
