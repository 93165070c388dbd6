"""The counter of a field, as the browser counts: whoever is too long is told, and sends nothing."""

import json

import pytest

from tests.support.pages import in_tab
from tests.support.tab import on_the_wire
from treno_chat.domain.refusals import Invalid
from treno_chat.domain.talk.bodies import MAX_TYPED, clean_body
from treno_chat.domain.talk.messages import MAX_GRAPHEMES
from treno_chat.realtime.rules import MAX_FRAME
from treno_chat.web.browser.room.composer import COMPOSER_ID, TEXT_ID
from treno_chat.web.browser.writing import writing

FIELD = writing(text_id=TEXT_ID, form_id=COMPOSER_ID)
MARKED = ("a" + "\u0316" * 30) * 700


@pytest.mark.parametrize(
    "text",
    ["a" * (MAX_GRAPHEMES + 1), "a" + " " * MAX_TYPED, "e" + "\u0301" * MAX_TYPED, MARKED],
)
def test_what_the_server_would_refuse_is_too_long_at_once(text: str) -> None:
    with pytest.raises(Invalid, match="message_too_long"):
        clean_body(text)

    assert left(text) < 0


@pytest.mark.parametrize(
    "text",
    [
        "a" * MAX_GRAPHEMES,
        "👨‍👩‍👧‍👦" * MAX_GRAPHEMES,
        "a" + " " * (MAX_TYPED - 1),
        '"' * MAX_GRAPHEMES,
    ],
)
def test_what_the_server_takes_is_not(text: str) -> None:
    clean_body(text)

    assert left(text) >= 0


@pytest.mark.parametrize("text", ["a" + "\v" * 12_000, ("a" + "\U000e0100" * 19) * 1_000])
def test_what_fits_into_no_frame_is_too_long(text: str) -> None:
    clean_body(text)
    assert len(on_the_wire(text).encode()) > MAX_FRAME

    assert left(text) < 0
    assert left(text[: len(text) // 2]) >= 0


def left(text: str) -> int:
    """Return how many characters more the page would take."""
    return in_tab(script=f"{FIELD} return left({json.dumps(text)});")
