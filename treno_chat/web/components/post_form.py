"""A form that the browser itself posts: Reflex's own form would keep it back for a handler."""

import reflex as rx
from reflex_components_core.el.elements.base import BaseHTML


class PostForm(BaseHTML):
    """A plain form."""

    tag = "form"

    action: rx.Var[str]
    method: rx.Var[str]


def post_form(
    address: str, *inside: rx.Component, class_name: str = "", leaves: bool = False
) -> rx.Component:
    """Return a form that is posted to an address of ours; `leaves` clears the page's memory."""
    attributes = {"data-leaves": ""} if leaves else {}
    return PostForm.create(
        *inside, action=address, method="post", class_name=class_name, custom_attrs=attributes
    )
