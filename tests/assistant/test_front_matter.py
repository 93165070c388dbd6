"""Reading pages: what is right is taken, what is not is told with its file and line."""

from datetime import date

import pytest

from treno_chat.assistant.front_matter import BadPage, read_page, read_written, written_text
from treno_chat.domain.assistant.own_pages import MAX_PAGE
from treno_chat.domain.assistant.pages import Figures

PAGE = """---
slug: quiet-car
title: Carrozza silenzio
lang: it
topic: aboard
updated: 2026-11-21
aliases: silenzio, rumore
---

Qui si parla a bassa voce per {retention_hours} ore.
"""


def test_a_page_is_read_with_its_figures() -> None:
    page = read_page(PAGE, source="a.md", figures=Figures(retention_hours=12))

    assert (page.slug, page.title, page.language) == ("quiet-car", "Carrozza silenzio", "it")
    assert (page.topic, page.updated) == ("aboard", date(2026, 11, 21))
    assert page.aliases == ("silenzio", "rumore")
    assert page.body == "Qui si parla a bassa voce per 12 ore."


def test_aliases_may_be_missing() -> None:
    assert read_page(PAGE.replace("aliases: silenzio, rumore\n", ""), source="a.md").aliases == ()


def test_a_page_that_is_written_down_is_read_as_the_same() -> None:
    page = read_written(PAGE, source="a.md")

    assert read_written(written_text(page), source="b.md") == page
    assert written_text(page) == PAGE


@pytest.mark.parametrize(
    ("good", "bad", "line", "reason"),
    [
        ("---\nslug", "slug", 1, "page_head"),
        ("slug: quiet-car", "slug: Quiet Car", 2, "page_slug"),
        ("slug: quiet-car\n", "", 7, "page_missing"),
        ("title: Carrozza silenzio", "title:", 3, "page_empty"),
        ("lang: it", "lang: fr", 4, "page_language"),
        ("topic: aboard", "topic: aboard\ntopic: aboard", 6, "page_twice"),
        ("topic: aboard", "colour: red", 5, "page_line"),
        ("updated: 2026-11-21", "updated: yesterday", 6, "page_day"),
        ("---\n\nQui", "\nQui", 8, "page_line"),
        ("Qui si", "{nonsense} si", 10, "page_figure"),
    ],
)
def test_a_slip_is_told_where_it_is(good: str, bad: str, line: int, reason: str) -> None:
    with pytest.raises(BadPage, match=reason) as refused:
        read_page(PAGE.replace(good, bad, 1), source="it/quiet-car.md")

    assert (refused.value.source, refused.value.line) == ("it/quiet-car.md", line)
    assert str(refused.value).startswith(f"it/quiet-car.md, line {line}: ")


@pytest.mark.parametrize(
    "text", ["", "---\nslug: a\n", PAGE.split("\n\n", 1)[0], PAGE + "x" * MAX_PAGE]
)
def test_half_a_page_and_a_book_are_refused(text: str) -> None:
    with pytest.raises(BadPage):
        read_page(text, source="a.md")
