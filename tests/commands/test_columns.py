"""Lists on a terminal: aligned whatever they hold, and nothing in them moves the cursor."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from treno_chat.commands.columns import show_lines, show_sheet


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One of each kind of value."""

    name: str
    is_here: bool = True
    ways: tuple[str, ...] = ()
    left_at: datetime | None = None


NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


def test_columns_begin_where_those_above_them_begin(capsys: pytest.CaptureFixture[str]) -> None:
    lines = [Line(name="Ada"), Line(name="日本", ways=("sms", "mail"), left_at=NOON, is_here=False)]

    show_lines(lines, as_json=False, none="")

    assert capsys.readouterr().out.splitlines() == [
        "NAME  HERE  WAYS       LEFT",
        "Ada   yes   –          –",
        "日本  no    sms, mail  2026-11-21 12:00",
    ]


def test_nothing_in_a_list_is_obeyed_by_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    show_sheet(Line(name="\x1b[2J\u202eadA\n", ways=("\x07",)), as_json=False)

    shown = capsys.readouterr().out
    assert r"\x1b[2J\u202eadA\n" in shown
    assert r"\x07" in shown
    assert shown.count("\n") == 4


@pytest.mark.parametrize("name", ["Zoë", '"', "\x1b"])
def test_programs_get_what_there_is(capsys: pytest.CaptureFixture[str], name: str) -> None:
    show_sheet(Line(name=name, left_at=NOON), as_json=True)

    told = json.loads(capsys.readouterr().out)
    assert told == {
        "name": name,
        "is_here": True,
        "ways": [],
        "left_at": "2026-11-21T12:00:00+00:00",
    }
