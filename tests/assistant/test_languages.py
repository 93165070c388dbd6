"""Telling languages apart by small words, and words by their stems."""

import pytest

from treno_chat.assistant.languages import detect_language
from treno_chat.assistant.tokens import stems_in_any, stems_of
from treno_chat.domain.words import Language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Dove posso lasciare la bici?", "it"),
        ("Where can I leave my bike?", "en"),
        ("Quanto costa?", "it"),
        ("the WiFi is slow", "en"),
    ],
)
def test_the_small_words_tell_the_language(text: str, language: Language) -> None:
    other: Language = "en" if language == "it" else "it"

    assert detect_language(text, otherwise=other) == language


@pytest.mark.parametrize("text", ["Wi-Fi?", "", "12", "🚆"])
@pytest.mark.parametrize("screen", ["it", "en"])
def test_what_has_none_is_in_the_language_of_the_screen(text: str, screen: Language) -> None:
    assert detect_language(text, otherwise=screen) == screen


def test_the_forms_of_a_word_are_one_word() -> None:
    assert stems_of("Biciclette, bicicletta!", "it")[0] == stems_of("la bicicletta", "it")[0]
    assert stems_of("the delayed trains", "en") == stems_of("delay of a train", "en")


def test_accents_and_small_words_do_not_matter() -> None:
    assert stems_of("è già in città", "it") == stems_of("gia citta", "it")


def test_a_question_is_read_in_both_languages() -> None:
    assert stems_in_any("biglietti tickets") >= {"bigliett", "ticket"}
