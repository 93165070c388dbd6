"""Titles: one line, kept as it was written; what begins a conversation names it."""

import pytest

from treno_chat.domain.assistant.titles import clean_title, title_from
from treno_chat.domain.refusals import Invalid

FAMILY = "👨‍👩‍👧‍👦"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Comprare il latte \n", "Comprare il latte"),
        ("Citta\u0300 🚆", "Città 🚆"),
        (FAMILY * 10, FAMILY * 10),
        ("x" * 10, "x" * 10),
        ("नमस्ते", "नमस्ते"),
    ],
)
def test_a_title_is_kept_as_it_was_written(typed: str, kept: str) -> None:
    assert clean_title(typed, maximum=max(10, len("Comprare il latte"))) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "   ",
        "\u200b\u2060",
        "two\nlines",
        "a\x00b",
        "a\x1b[31m",
        "\ud800",
        "a\u2028b",
        "x" * 11,
        "a" + "\u0301" * 1000,
    ],
)
def test_what_is_no_title_is_refused(typed: str) -> None:
    with pytest.raises(Invalid) as refused:
        clean_title(typed, maximum=10)

    assert (refused.value.code, refused.value.field) == ("invalid_title", "title")


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("Quando arriva?", "Quando arriva?"),
        (" Prima\n\nseconda\triga ", "Prima seco"),
        (FAMILY * 12, FAMILY * 10),
        ("\u200b" * 20 + "ciao", "ciao"),
        ("a\x00b", "a b"),
    ],
)
def test_the_beginning_of_a_text_is_a_title(said: str, title: str) -> None:
    assert title_from(said, maximum=14 if said.startswith("Q") else 10) == title
