"""Cursors: ours lead on, and nothing else does."""

import base64
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from treno_chat.api.v1.cursors import decode_cursor, encode_cursor, number_in
from treno_chat.domain.refusals import Invalid

PRINTABLE = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=100)


def written(told: object) -> str:
    """Return anything in the way that cursors are written."""
    return base64.urlsafe_b64encode(json.dumps(told).encode()).decode().rstrip("=")


@given(st.lists(PRINTABLE, min_size=1, max_size=1))
def test_what_was_written_is_read(parts: list[str]) -> None:
    assert decode_cursor(encode_cursor("tasks", *parts), "tasks", parts=1) == tuple(parts)


def test_a_cursor_is_safe_in_an_address() -> None:
    cursor = encode_cursor("tasks", 12, "2026-11-21T08:30:00+00:00")

    assert cursor.replace("-", "").replace("_", "").isalnum()
    assert decode_cursor(cursor, "tasks", parts=2) == ("12", "2026-11-21T08:30:00+00:00")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "====",
        "a b",
        "é",
        "A" * 257,
        encode_cursor("messages", "1", "2"),
        encode_cursor("tasks", "1"),
        encode_cursor("tasks", "1", "2", "3"),
        encode_cursor("tasks", "1", "2") + "=",
        written({"tasks": 1}),
        written(["tasks", 1, 2]),
        written(["tasks", "1", None]),
        written(["tasks", "a\0", "2"]),
        written(["tasks", "é", "2"]),
        written("tasks"),
        written(None),
        base64.urlsafe_b64encode(b"\xff\xfe\xff").decode(),
        base64.urlsafe_b64encode(b"[" * 180).decode(),
    ],
)
def test_any_other_text_is_refused(text: str) -> None:
    with pytest.raises(Invalid, match="bad_cursor") as refusal:
        decode_cursor(text, "tasks", parts=2)

    assert refusal.value.field == "cursor"


@given(st.text(max_size=300))
def test_whatever_is_sent_it_is_a_refusal(text: str) -> None:
    with pytest.raises(Invalid, match="bad_cursor"):
        decode_cursor(text, "tasks", parts=2)


@pytest.mark.parametrize("part", ["", "-1", "01", "1.0", "1e3", " 1", "٣", "9" * 16, "x"])
def test_a_number_in_a_cursor_is_one_that_we_wrote(part: str) -> None:
    assert number_in("0") == 0
    assert number_in("9" * 15) == int("9" * 15)
    with pytest.raises(Invalid, match="bad_cursor"):
        number_in(part)
