"""What a message may say."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from treno_chat.domain.refusals import Invalid
from treno_chat.domain.talk.bodies import MAX_TYPED, clean_body, count_graphemes
from treno_chat.domain.talk.messages import MAX_GRAPHEMES

FAMILY = "👨‍👩‍👧‍👦"


def refusal_of(text: str) -> str:
    with pytest.raises(Invalid) as refused:
        clean_body(text)
    assert refused.value.field == "text"
    return refused.value.code


def test_the_blank_around_a_message_goes_and_all_within_stays() -> None:
    assert clean_body("\n  Ciao  a\n\n\ttutti <b>&amp; \u200d\u202e!  \n") == (
        "Ciao  a\n\n\ttutti <b>&amp; \u200d\u202e!"
    )


def test_letters_are_composed() -> None:
    assert clean_body("perche\u0301") == "perch\u00e9"


@pytest.mark.parametrize("text", ["", " ", "\n\t \u00a0\u3000", "\u200b\u200d\ufe0f", "\u202e"])
def test_nothing_is_not_a_message(text: str) -> None:
    assert refusal_of(text) == "message_empty"


@pytest.mark.parametrize("one", ["a", FAMILY, "e\u0323\u0301", "🇮🇹"])
def test_a_thousand_characters_are_counted_as_people_see_them(one: str) -> None:
    assert clean_body(one * MAX_GRAPHEMES) == unicodedata.normalize("NFC", one) * MAX_GRAPHEMES
    assert refusal_of(one * MAX_GRAPHEMES + "!") == "message_too_long"


def test_a_single_endless_character_is_too_long() -> None:
    text = "e" + "\u0301" * MAX_TYPED

    assert count_graphemes(text) == 1
    assert refusal_of(text) == "message_too_long"


@pytest.mark.parametrize("text", ["Ci\x00ao", "Ci\ud83dao", "\udc00", "\x00"])
def test_what_cannot_be_stored_is_refused(text: str) -> None:
    assert refusal_of(text) == "message_characters"


@given(st.text(max_size=200))
def test_what_was_cleaned_stays_as_it_is(text: str) -> None:
    try:
        clean = clean_body(text)
    except Invalid:
        return

    assert clean_body(clean) == clean
    assert clean.encode()
