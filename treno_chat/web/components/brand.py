"""The brand: the carriage that speaks, the way back to the start, and the two languages."""

import reflex as rx

from treno_chat.domain.words import LANGUAGES, Words
from treno_chat.web.components.icons import symbol
from treno_chat.web.components.plain import plain_link

NAMES = {"it": "Italiano", "en": "English"}


def brand(words: Words) -> rx.Component:
    """The logo and the name, leading to the entry."""
    return rx.el.a(
        symbol("/icons.svg", "brand"),
        rx.el.span(words.say("app.name")),
        href=f"/{words.language}",
        class_name="brand",
    )


def languages(words: Words, *, page: str = "") -> rx.Component:
    """The languages this page (`page`: what follows the language in the address) exists in."""
    return rx.el.nav(
        *(_language(name, page, is_current=name == words.language) for name in LANGUAGES),
        class_name="lang",
        aria_label="Lingua / Language",
    )


def _language(name: str, page: str, *, is_current: bool) -> rx.Component:
    return plain_link(
        rx.el.span(name.upper(), aria_hidden=True),
        rx.el.span(NAMES[name], class_name="sr"),
        href=f"/{name}{page}",
        lang=name,
        href_lang=name,
        custom_attrs={"aria-current": "true"} if is_current else {},
    )
