"""Lines that others read: the characters of an alias, at another length."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from treno_chat.domain.lines import clean_line
from treno_chat.domain.refusals import Invalid
from treno_chat.domain.talk.bodies import count_graphemes


def code_of(text: str, *, maximum: int = 50) -> str:
    with pytest.raises(Invalid) as refused:
        clean_line(text, field="status_line", maximum=maximum)
    assert refused.value.field == "status_line"
    return refused.value.code


@pytest.mark.parametrize(
    "text", ["Leggo, ma se mi parli smetto", "👩‍🚀 in orbita ✌🏽", "ශ්‍රී ලංකා", "<b>"]
)
def test_what_people_write_is_taken_as_it_is(text: str) -> None:
    assert clean_line(text, field="status_line", maximum=50) == text


def test_blanks_are_single_and_nothing_hangs_over() -> None:
    assert clean_line("  a \u00a0 b ", field="status_line", maximum=3) == "a b"


@pytest.mark.parametrize("text", ["a\nb", "a\u202eb", "a\u200bb", "\ud800", "a\x00", "\u0301a"])
def test_what_would_not_stay_in_its_line_is_refused(text: str) -> None:
    assert code_of(text) == "line_characters"


def test_length_counts_what_a_reader_sees() -> None:
    assert clean_line("👩‍🚀" * 50, field="status_line", maximum=50)

    assert code_of("👩‍🚀" * 51) == "line_too_long"
    assert code_of("a" * 1_000_000) == "line_too_long"


def test_an_empty_line_is_taken_where_it_may_be() -> None:
    assert clean_line("  ", field="name", maximum=40, may_be_empty=True) == ""
    assert code_of("  ") == "line_empty"


@given(st.text(st.characters(codec=None), max_size=80))
def test_whatever_is_taken_is_clean_and_is_taken_again_as_it_is(text: str) -> None:
    """A status line and the name of a passkey are both such lines."""
    for field, maximum in (("status_line", 50), ("name", 40)):
        try:
            line = clean_line(text, field=field, maximum=maximum)
        except Invalid:
            continue
        assert 1 <= count_graphemes(line) <= maximum
        assert line == unicodedata.normalize("NFC", line)
        assert line == line.strip()
        assert not {unicodedata.category(each) for each in line} & {"Cc", "Cs", "Zl", "Zp"}
        assert line.encode().decode() == line
        assert clean_line(line, field=field, maximum=maximum) == line
