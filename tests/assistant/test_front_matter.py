"""Reading pages: what is right is taken, what is not is told with its file and line."""

from datetime import date

import pytest

from treno_chat.assistant.front_matter import MAX_PAGE, BadPage, read_page
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


@pytest.mark.parametrize(
    ("good", "bad", "line", "reason"),
    [
        ("---\nslug", "slug", 1, "begins with a line of three dashes"),
        ("slug: quiet-car", "slug: Quiet Car", 2, "small letters"),
        ("slug: quiet-car\n", "", 7, "slug is missing"),
        ("title: Carrozza silenzio", "title:", 3, "title is empty"),
        ("lang: it", "lang: fr", 4, "one of it, en"),
        ("topic: aboard", "topic: aboard\ntopic: aboard", 6, "said twice"),
        ("topic: aboard", "colour: red", 5, "not one of"),
        ("updated: 2026-11-21", "updated: yesterday", 6, "a day such as"),
        ("---\n\nQui", "\nQui", 8, "not one of"),
        ("Qui si", "{nonsense} si", 10, "no figure"),
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
