"""The targa: the enamel plate that says where you are; one a screen at most."""

import reflex as rx


def plate(name: str | rx.Var[str], under: str | rx.Var[str] = "") -> rx.Component:
    """The plate as the heading of a page; `under` says how many are here."""
    return rx.el.div(
        rx.el.h1(name, id="place-name", class_name="name"),
        _under(under),
        class_name="plate",
    )


def small_plate(name: str | rx.Var[str], under: str | rx.Var[str] = "") -> rx.Component:
    """The plate above a list, where the page has another heading."""
    return rx.el.div(
        rx.el.p(name, class_name="name"),
        _under(under),
        class_name="plate small",
    )


def _under(text: str | rx.Var[str]) -> rx.Component:
    return rx.el.p(
        rx.el.span(class_name="signal", aria_hidden=True),
        rx.el.span(text, id="place-here"),
        class_name="under line",
        hidden=text == "",
    )
