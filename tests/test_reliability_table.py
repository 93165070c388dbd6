"""The table of promises and faults: no row is missing, and every test that it names is there."""

import pytest

from tests.support.proofs import NAMED, RELIABILITY, lost, rows_of

PAGE = RELIABILITY.read_text(encoding="utf-8")
ROWS = dict(rows_of(PAGE))
PROMISES, FAULTS = 8, 18


def test_every_promise_and_every_fault_stands_in_the_table_once() -> None:
    expected = [f"P{n}" for n in range(1, PROMISES + 1)] + [f"F{n}" for n in range(1, FAULTS + 1)]

    assert sorted(row for row, _ in rows_of(PAGE)) == sorted(expected)


@pytest.mark.parametrize("row", sorted(ROWS))
def test_a_row_names_what_holds_it(row: str) -> None:
    assert NAMED.search(ROWS[row])


def test_every_test_that_the_table_names_is_there() -> None:
    assert lost(PAGE) == {}, "moved? `python -m tests.support.proofs` names the new file"
