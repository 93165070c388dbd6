"""Codes by SMS: six digits from chance, read as people type, counted by number and account."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from treno_chat.domain.policy import CodePolicy
from treno_chat.domain.recovery.codes import (
    DAY,
    Failures,
    new_code,
    read_code,
    seconds_until,
    wait_for_number,
)
from treno_chat.domain.refusals import Invalid

NOW = datetime(2026, 11, 21, 8, 30, tzinfo=UTC)
POLICY = CodePolicy()


def ago(**span: float) -> datetime:
    return NOW - timedelta(**span)


def test_s21_codes_are_six_digits_and_not_foreseen() -> None:
    codes = [new_code() for _ in range(200)]

    assert all(len(code) == 6 and code.isdigit() for code in codes)
    assert len(set(codes)) > 190


@pytest.mark.parametrize(
    "typed",
    ["012345", " 012345\n", "012 345", "012-345", "0 1 2 3 4 5", "０１２３４５"],  # noqa: RUF001
)
def test_a_code_is_read_as_people_type_it(typed: str) -> None:
    assert read_code(typed) == "012345"


@given(st.text())
def test_whatever_is_typed_is_six_digits_or_refused_at_its_field(typed: str) -> None:
    try:
        read = read_code(typed)
    except Invalid as refusal:
        assert (refusal.code, refusal.field) == ("code_malformed", "code")  # noqa: PT017
    else:
        assert len(read) == 6
        assert set(read) <= set("0123456789")


@pytest.mark.parametrize(
    ("sent_at", "wait"),
    [
        ([], 0),
        ([ago(seconds=59.5)], 1),
        ([ago(seconds=60)], 0),
        ([ago(minutes=50), ago(minutes=20), ago(minutes=2)], 600),
        ([ago(minutes=60), ago(minutes=20), ago(minutes=2)], 0),
        ([ago(hours=23), ago(hours=9), ago(hours=7), ago(hours=5), ago(hours=3)], 3600),
        ([ago(hours=24), ago(hours=9), ago(hours=7), ago(hours=5), ago(hours=3)], 0),
    ],
)
def test_a_number_waits_for_the_longest_of_its_limits(sent_at: list[datetime], wait: int) -> None:
    assert wait_for_number(POLICY, sent_at, NOW) == wait
    assert wait_for_number(POLICY, sent_at[::-1], NOW) == wait


def test_s22_five_wrong_ones_in_a_day_lock_until_it_is_over() -> None:
    failures = Failures(window_ends_at=NOW)
    waits: list[int] = []
    for _ in range(5):
        failures = failures.and_one_more(NOW)
        waits.append(failures.wait(POLICY, NOW))

    assert waits == [0, 0, 0, 0, 86400]
    assert failures.wait(POLICY, NOW + DAY) == 0


def test_a_new_window_begins_where_the_old_one_is_over_and_the_row_goes_on() -> None:
    failures = Failures(in_window=4, window_ends_at=NOW, in_a_row=98)

    failures = failures.and_one_more(NOW)

    assert (failures.in_window, failures.window_ends_at) == (1, NOW + DAY)
    assert not failures.is_blocked(POLICY)
    assert failures.and_one_more(NOW).is_blocked(POLICY)


def test_seconds_are_never_told_too_few() -> None:
    assert seconds_until(NOW + timedelta(milliseconds=1), NOW) == 1
    assert seconds_until(NOW - timedelta(hours=1), NOW) == 0
