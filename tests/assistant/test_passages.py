"""Cutting pages: paragraphs, sentences, and nothing of Markdown's marks."""

from datetime import date

from treno_chat.assistant.passages import passages_of, plain, sentences_of
from treno_chat.domain.assistant.pages import Page


def test_a_page_is_cut_at_its_blank_lines() -> None:
    body = "Uno. Due.\n\n\nTre,\nsu due righe."
    page = Page(
        slug="a", title="A", language="it", topic="a", updated=date(2026, 11, 21), body=body
    )

    first, second = passages_of(page)

    assert (first.position, first.sentences) == (0, ("Uno.", "Due."))
    assert (second.position, second.text) == (1, "Tre, su due righe.")


def test_a_sentence_ends_where_another_begins() -> None:
    assert sentences_of("Costa 3.50 euro, dice. «Va bene.» E poi? 25 % di sconto!") == (
        "Costa 3.50 euro, dice.",
        "«Va bene.»",
        "E poi?",
        "25 % di sconto!",
    )


def test_the_marks_of_markdown_are_not_read_aloud() -> None:
    assert plain("## Il **bar** e [gli orari](https://example.org)") == "Il bar e gli orari"
    assert plain("- acqua\n- *pane*\n1. vino") == "acqua pane vino"
