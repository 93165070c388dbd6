"""The frame of every page that the server draws itself: head, brand, languages."""

from treno_chat.api.drawn.markup import Markup, document, element, join
from treno_chat.domain.words import LANGUAGES, Words

STYLESHEETS = tuple(
    f"/styles/{name}.css" for name in ("tokens", "ground", "controls", "shell", "room", "entry")
)
PAPER = {"light": "#f6eddb", "dark": "#0e1b1e"}
NAMES = {"it": "Italiano", "en": "English"}


def page(words: Words, *content: Markup, title: str, own_style: str = "") -> str:
    """Return a whole page without a single script; `own_style` names what it alone wears."""
    own = (f"/styles/pages/{own_style}.css",) if own_style else ()
    return document(
        _head(f"{title} · {words.say('app.name')}", (*STYLESHEETS, *own)),
        element(
            "body",
            element("a", words.say("app.skip"), class_="skip", href="#main"),
            *content,
        ),
        lang=words.language,
    )


def symbol(sheet: str, name: str, css: str | None = None) -> Markup:
    """Return a symbol of one of our sheets, silent to screen readers."""
    use = element("use", href=f"/{sheet}.svg#{name}")
    return element("svg", use, class_=css, aria_hidden="true")


def top(words: Words, css: str) -> Markup:
    """Return the head of a page: the brand, and the start in both languages."""
    name = element("span", words.say("app.name"))
    home = f"/{words.language}"
    return element(
        "header",
        element("a", symbol("icons", "brand"), name, class_="brand", href=home),
        element(
            "nav",
            *(_language(one, is_current=one == words.language) for one in LANGUAGES),
            class_="lang",
            aria_label="Lingua / Language",
        ),
        class_=css,
    )


def _language(name: str, *, is_current: bool) -> Markup:
    return element(
        "a",
        element("span", name.upper(), aria_hidden="true"),
        element("span", NAMES[name], class_="sr"),
        href=f"/{name}",
        lang=name,
        hreflang=name,
        aria_current="true" if is_current else None,
    )


def _head(title: str, sheets: tuple[str, ...]) -> Markup:
    viewport = "width=device-width, initial-scale=1, viewport-fit=cover"
    return element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", name="viewport", content=viewport),
        join(*(_theme_colour(theme, colour) for theme, colour in PAPER.items())),
        element("title", title),
        element("link", rel="icon", href="/icon.svg"),
        join(*(element("link", rel="stylesheet", href=sheet) for sheet in sheets)),
    )


def _theme_colour(theme: str, colour: str) -> Markup:
    media = f"(prefers-color-scheme: {theme})"
    return element("meta", name="theme-color", media=media, content=colour)
