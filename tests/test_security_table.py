"""The table of proofs: no row is missing, and every test that it names is there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
ROWS = dict(re.findall(r"^\| ([\w.]+) \| .+? \| (.*) \|$", PAGE, re.MULTILINE))
NAMED = re.compile(r"`([\w/]+\.py)::(test_\w+)`")
# How many rows each part of the checklist has.
PARTS = {"S": 68, "R": 19, "A": 18, "": 28, "C": 8, "3.": 22}
# What may stand in place of a test; the first words say why there is none.
REASONS = ("later: ", "proxy: ", "not asked for: ")


def where(name: str) -> list[str]:
    """Return the files that have a test."""
    heading = re.compile(rf"^(?:async )?def {name}\(", re.MULTILINE)
    files = (ROOT / "tests").rglob("test_*.py")
    return [
        file.relative_to(ROOT / "tests").as_posix()
        for file in files
        if heading.search(file.read_text(encoding="utf-8"))
    ]


def test_every_row_of_the_checklist_stands_in_the_table_once() -> None:
    rows = re.findall(r"^\| ([\w.]+) \| ", PAGE, re.MULTILINE)
    expected = [f"{part}{n}" for part, count in PARTS.items() for n in range(1, count + 1)]

    assert sorted(row for row in rows if row != "Row") == sorted(expected)


@pytest.mark.parametrize("row", ROWS.keys() - {"Row"})
def test_a_row_names_tests_or_says_why_not(row: str) -> None:
    pieces = ROWS[row].split("<br>")

    assert NAMED.search(ROWS[row]) or pieces[0].startswith((*REASONS, "open: "))


def test_every_test_that_the_table_names_is_there() -> None:
    named = set(NAMED.findall(PAGE))

    assert len(named) > len(ROWS) / 2
    lost = {f"{file}::{name}": where(name) for file, name in named if file not in where(name)}
    assert lost == {}, "each stands where the list says, or nowhere"


def test_what_is_open_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    still_open = sorted(row for row, held in ROWS.items() if "open: " in held)

    with capsys.disabled():
        print(f"\n{len(still_open)} rows of docs/security.md are open: {', '.join(still_open)}")  # noqa: T201
    assert all(held for held in ROWS.values())
