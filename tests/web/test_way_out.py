"""S32: whoever is in finds the way out on every page; which pages there are, the table says."""

import json
from collections.abc import Callable, Mapping

import reflex as rx

from treno_chat.domain.words import LANGUAGES, Language, Words
from treno_chat.locales import words_in
from treno_chat.web.routes import add_pages

ANYBODYS = ("it", "en", "404", "recover", "password")


class Pages(rx.App):
    """Remembers the pages that are added, and serves none."""

    def __init__(self) -> None:
        self.drawn: dict[str, str] = {}

    def add_page(self, component: Callable[[], rx.Component], **known: object) -> None:  # pyright: ignore[reportIncompatibleMethodOverride]
        """Draw a page."""
        self.drawn[str(known["route"])] = json.dumps(component().render(), default=str)


def test_s32_every_page_behind_the_entry_has_a_way_out() -> None:
    pages = Pages()
    words: Mapping[Language, Words] = {each: words_in(each) for each in LANGUAGES}
    add_pages(pages, dict(words))

    inside = {
        route: drawn
        for route, drawn in pages.drawn.items()
        if route.strip("/").split("/")[0] not in ANYBODYS
    }

    known = {"/account", "/assistant/[[conversation]]", "/desk/[place_slug]", "/tasks"}
    assert known < inside.keys()
    assert [route for route, drawn in inside.items() if "/auth/logout" not in drawn] == []
