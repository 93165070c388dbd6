"""Recovery codes: enough bits, and read as people type."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from treno_chat.domain.recovery.recovery_codes import (
    ALPHABET,
    MAX_TYPED,
    new_recovery_code,
    read_recovery_code,
)

CODE = "k7rm-2xq9-0b1d-h8vt"
PLAIN = "k7rm2xq90b1dh8vt"


def test_s26_a_code_has_at_least_64_bits() -> None:
    code = new_recovery_code()

    assert len(code.replace("-", "")) * math.log2(len(ALPHABET)) >= 64
    assert [len(group) for group in code.split("-")] == [4, 4, 4, 4]
    assert new_recovery_code() != code


def test_what_is_shown_is_read_back() -> None:
    code = new_recovery_code()

    assert read_recovery_code(code) == code.replace("-", "")


@pytest.mark.parametrize(
    "typed",
    [
        CODE,
        PLAIN,
        CODE.upper(),
        " K7RM 2XQ9 0B1D H8VT\n",
        "k7rm–2xq9—0b1d‑h8vt",  # noqa: RUF001 -- dashes as a keyboard puts them
        "k7rm-2xq9-obid-h8ut",
        "K7RM2XQ9OBLDH8VT",
        "ｋ７ｒｍ2xq90b1dh8vt",  # noqa: RUF001 -- full width
    ],
)
def test_a_code_is_read_as_people_type_it(typed: str) -> None:
    assert read_recovery_code(typed) == PLAIN


@pytest.mark.parametrize(
    "typed", ["", "k7rm", CODE + "x", "k7rm-2xq9-0b1d-h8v!", "\0" * 16, "٣" * 16, "x" * 1000]
)
def test_what_no_code_can_be_is_none(typed: str) -> None:
    assert read_recovery_code(typed) is None


@given(st.text(max_size=MAX_TYPED + 1))
def test_whatever_is_typed_is_a_code_or_none(typed: str) -> None:
    read = read_recovery_code(typed)

    assert read is None or (len(read) == 16 and set(read) <= set(ALPHABET))
