"""Pages that staff write: what is right is kept, what is not is told at its field."""

from dataclasses import replace
from datetime import date

import pytest

from treno_chat.domain.assistant.own_pages import (
    MAX_ALIASES,
    MAX_PAGE,
    MAX_SLUG,
    MAX_TITLE,
    PageDraft,
    clean_page,
)
from treno_chat.domain.assistant.pages import Figures
from treno_chat.domain.refusals import InvalidForm
from treno_chat.locales import words_in

TODAY = date(2026, 11, 21)
BAR = PageDraft(
    slug="bar",
    language="it",
    title="Il bar di bordo",
    topic="aboard",
    aliases="caffè, panini",
    body="Il bar è nella carrozza 5.",
)


def test_a_page_is_kept_as_it_was_written() -> None:
    page = clean_page(
        replace(BAR, slug=" bar ", body=" Le parole restano {retention_hours} ore.\r\nPoi no. "),
        updated=TODAY,
    )

    assert (page.slug, page.language, page.updated) == ("bar", "it", TODAY)
    assert page.body == "Le parole restano {retention_hours} ore.\nPoi no."
    assert page.filled(Figures(retention_hours=6)).body == "Le parole restano 6 ore.\nPoi no."
    assert page.filled(Figures()).aliases == ("caffè", "panini")


@pytest.mark.parametrize(
    ("field", "text", "code"),
    [
        ("slug", "", "page_slug"),
        ("slug", "Il Bar", "page_slug"),
        ("slug", "bar--due", "page_slug"),
        ("slug", "../bar", "page_slug"),
        ("slug", "a" * (MAX_SLUG + 1), "page_slug"),
        ("topic", "", "page_slug"),
        ("language", "fr", "page_language"),
        ("title", "", "line_empty"),
        ("title", "a" * (MAX_TITLE + 1), "line_too_long"),
        ("title", "Il\nbar", "line_characters"),
        ("aliases", "a" * (MAX_ALIASES + 1), "line_too_long"),
        ("aliases", "bar\u202e", "line_characters"),
        ("body", " \n ", "page_body_empty"),
        ("body", "a" * (MAX_PAGE + 1), "page_too_long"),
        ("body", "Il bar\x00", "page_characters"),
        ("body", "Aperto {hours} ore", "page_figure"),
        ("body", "Aperto {0.__class__} ore", "page_figure"),
    ],
)
def test_what_cannot_be_taken_is_told_at_its_field(field: str, text: str, code: str) -> None:
    with pytest.raises(InvalidForm) as refused:
        clean_page(replace(BAR, **{field: text}), updated=TODAY)

    assert [(each.code, each.field) for each in refused.value.refusals] == [(code, field)]
    for language in ("it", "en"):
        assert words_in(language).say(f"error.{code}", **refused.value.params)


def test_everything_that_is_wrong_is_told_at_once() -> None:
    with pytest.raises(InvalidForm) as refused:
        clean_page(replace(BAR, slug="", title="", body=""), updated=TODAY)

    assert [each.field for each in refused.value.refusals] == ["slug", "title", "body"]
