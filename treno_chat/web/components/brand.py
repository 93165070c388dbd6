"""The brand: the carriage that speaks, the way back to the start, and the two languages."""

import reflex as rx

from treno_chat.domain.words import LANGUAGES, Words

LIVERY = "var(--filetto)"
GLASS = "var(--on-plate)"
WINDOW = "#0b4a58"
NAMES = {"it": "Italiano", "en": "English"}


def brand(words: Words) -> rx.Component:
    """The logo and the name, leading to the entry."""
    return rx.el.a(
        _carriage(),
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
    return rx.el.a(
        rx.el.span(name.upper(), aria_hidden=True),
        rx.el.span(NAMES[name], class_name="sr"),
        href=f"/{name}{page}",
        lang=name,
        href_lang=name,
        custom_attrs={"aria-current": "true"} if is_current else {},
    )


def _carriage() -> rx.Component:
    shape = rx.el.svg
    roof = "M7 1h16a6 6 0 0 1 6 6v5H1V7a6 6 0 0 1 6-6z"
    words = "M0 14.5h30V15a6 6 0 0 1-6 6H11l-6 4.5V21a6 6 0 0 1-5-6z"
    return shape(
        shape.path(d=roof, fill=GLASS, stroke=LIVERY, stroke_width="2"),
        shape.path(d=words, fill=LIVERY),
        shape.path(d="M0 11.6h30V13H0z", fill=LIVERY),
        *(
            shape.rect(x=x, y="4.5", width="7.5", height="5", rx="1.2", fill=WINDOW)
            for x in ("6", "16.5")
        ),
        view_box="0 0 30 26",
        aria_hidden=True,
    )
