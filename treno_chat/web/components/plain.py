"""A form and a link that the browser itself follows: Reflex's own would keep them on the page.

Whatever changes who we are or which language is spoken needs a page of its own.
"""

from typing import Any

import reflex as rx
from reflex_components_core.el.elements.base import BaseHTML


class PlainForm(BaseHTML):
    """A form without a handler."""

    tag = "form"

    action: rx.Var[str]
    method: rx.Var[str]


class PlainLink(BaseHTML):
    """A link that loads its page anew."""

    tag = "a"

    href: rx.Var[str]
    href_lang: rx.Var[str]


def post_form(
    address: str, *inside: rx.Component, class_name: str = "", leaves: bool = False
) -> rx.Component:
    """Return a form that is posted to an address of ours; `leaves` clears the page's memory."""
    attributes = {"data-leaves": ""} if leaves else {}
    return PlainForm.create(
        *inside, action=address, method="post", class_name=class_name, custom_attrs=attributes
    )


def plain_link(*inside: rx.Component | rx.Var[str] | str, **attributes: Any) -> rx.Component:  # noqa: ANN401 -- whatever a link takes
    """Return a link that loads its page anew."""
    return PlainLink.create(*inside, **attributes)
