"""The pages that the server draws itself, for browsers without JavaScript: plain HTML, no script.

They look and say what the pages of Reflex do, from the same styles and the same catalogue.
"""

from collections.abc import Mapping
from typing import Literal

from treno_chat.api.drawn.frame import page, symbol, top
from treno_chat.api.drawn.markup import Markup, element
from treno_chat.api.drawn.ticket import ticket
from treno_chat.domain.policy import Policy
from treno_chat.domain.words import Words

Art = Literal["barrier", "tunnel"]

NOTHING: Mapping[str, str] = {}


def render_entry(
    words: Words,
    place_name: str,
    here_count: int,
    *,
    values: Mapping[str, str] = NOTHING,
    errors: Mapping[str, str] = NOTHING,
    notice: str = "",
    known: tuple[str, str] | None = None,
    policy: Policy | None = None,
) -> str:
    """Return the entry; `values` is what was typed, `errors` says by field what was refused.

    An error under the empty name belongs to the whole form. `known` is the alias of whom the
    session is, and the address of their room.
    """
    content = element(
        "main",
        top(words, "top"),
        element(
            "div",
            _where(words, place_name, here_count, _notice(notice), _known(words, known)),
            ticket(words, values, errors, policy or Policy()),
            element("div", _aside(words), class_="skirt"),
            class_="cols",
        ),
        class_="entry",
        id="main",
    )
    return page(words, content, title=words.say("entry.title"))


def render_notice_page(
    words: Words, title: str, text: str, link: tuple[str, str], *, art: Art = "barrier"
) -> str:
    """Return a page that says one thing; `link` is the next step: its words and its address."""
    label, address = link
    content = element(
        "main",
        top(words, "line spread"),
        element(
            "div",
            symbol("art", art, "art"),
            element(
                "div",
                element("h1", title, class_="sign s32"),
                element("p", text, class_="soft"),
                class_="stack gap-8",
            ),
            element("a", label, class_="btn act lg wide", href=address),
            class_="stack mid gap-20",
        ),
        class_="stopped",
        id="main",
    )
    return page(words, content, title=title)


def _where(words: Words, name: str, count: int, *told: Markup) -> Markup:
    under = element(
        "p",
        element("span", class_="signal", aria_hidden="true"),
        words.count("place.here_now", count),
        class_="under line",
    )
    return element(
        "div",
        element("div", element("h1", name, class_="name"), under, class_="plate"),
        *told,
        element("p", words.say("entry.lead"), class_="sign s32 only-wide lead"),
        class_="where stack",
    )


def _known(words: Words, known: tuple[str, str] | None) -> Markup:
    if known is None:
        return Markup()
    alias, address = known
    text = words.say("entry.continue", alias=alias)
    return element("a", text, class_="btn act lg wide", href=address)


def _notice(text: str) -> Markup:
    if not text:
        return Markup()
    signal = element("span", class_="signal", aria_hidden="true")
    return element("p", signal, text, class_="notice boxed", role="status")


def _aside(words: Words) -> Markup:
    return element("p", words.say("noscript.entry"), class_="t15 aside")
