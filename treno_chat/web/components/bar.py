"""The bar at the head of a page: the way back, what the page is, and what else it offers."""

import reflex as rx

from treno_chat.web.browser.words import say
from treno_chat.web.components.icons import icon
from treno_chat.web.components.plain import post_form


def back_bar(
    *shown: rx.Component,
    href: str | rx.Var[str],
    label: str | rx.Var[str],
    is_onward: bool = False,
) -> rx.Component:
    """Lead back to `href`, and show the page's title with whatever stands beside it.

    What is `is_onward` takes along what the address asks for.
    """
    return rx.el.header(
        rx.el.a(
            icon("back"),
            href=href,
            class_name="icon",
            aria_label=label,
            custom_attrs={"data-onward": ""} if is_onward else {},
        ),
        *shown,
        class_name="bar",
    )


def way_out() -> rx.Component:
    """Return the button that signs out."""
    return post_form(
        "/auth/logout",
        rx.el.button(
            icon("exit"),
            type="submit",
            class_name="icon",
            aria_label=say("account.sign_out"),
        ),
        leaves=True,
    )
