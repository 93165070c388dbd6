"""Markup: HTML written as nested calls; whatever is not markup already is escaped."""

from collections.abc import Mapping
from html import escape

Attribute = str | int | bool | None

VOID = frozenset({"input", "link", "meta"})


class Markup(str):
    """HTML that is safe to send: made by this module only."""

    __slots__ = ()


def element(tag: str, /, *children: str, **attributes: Attribute) -> Markup:
    """Return an element; `class_` is `class`, `aria_label` is `aria-label`."""
    start = f"<{tag}{_attributes(attributes)}>"
    if tag in VOID:
        return Markup(start)
    return Markup(f"{start}{join(*children)}</{tag}>")


def join(*children: str) -> Markup:
    """Return pieces after one another; plain text among them is escaped."""
    return Markup("".join(one if isinstance(one, Markup) else escape(one) for one in children))


def document(*children: str, lang: str) -> str:
    """Return a whole HTML document."""
    return f"<!doctype html>\n{element('html', *children, lang=lang)}\n"


def _attributes(attributes: Mapping[str, Attribute]) -> str:
    return "".join(
        f" {_name(name)}" if value is True else f' {_name(name)}="{escape(str(value))}"'
        for name, value in attributes.items()
        if value is not None and value is not False
    )


def _name(name: str) -> str:
    return name.rstrip("_").replace("_", "-")
