"""The table of proofs: no row is missing, and every test that it names is there."""

import pytest

from tests.support.proofs import NAMED, SECURITY, lost, rows_of

PAGE = SECURITY.read_text(encoding="utf-8")
ROWS = dict(rows_of(PAGE))
# How many rows each part of the checklist has.
PARTS = {"S": 68, "R": 19, "A": 18, "": 28, "C": 8, "3.": 22, "AI": 15}
# What may stand in place of a test; the first words say why there is none.
REASONS = ("later: ", "proxy: ", "not asked for: ")


def test_every_row_of_the_checklist_stands_in_the_table_once() -> None:
    rows = [row for row, _ in rows_of(PAGE)]
    expected = [f"{part}{n}" for part, count in PARTS.items() for n in range(1, count + 1)]

    assert sorted(rows) == sorted(expected)


@pytest.mark.parametrize("row", sorted(ROWS))
def test_a_row_names_tests_or_says_why_not(row: str) -> None:
    pieces = ROWS[row].split("<br>")

    assert NAMED.search(ROWS[row]) or pieces[0].startswith((*REASONS, "open: "))


def test_every_test_that_the_table_names_is_there() -> None:
    assert len(set(NAMED.findall(PAGE))) > len(ROWS) / 2
    assert lost(PAGE) == {}, "moved? `python -m tests.support.proofs` names the new file"


def test_what_is_open_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    still_open = sorted(row for row, held in ROWS.items() if "open: " in held)

    with capsys.disabled():
        print(f"\n{len(still_open)} rows of docs/security.md are open: {', '.join(still_open)}")  # noqa: T201
    assert all(held for held in ROWS.values())
