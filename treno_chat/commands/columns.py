"""Lists on a terminal: columns that are aligned, or JSON for the next program."""

import json
import unicodedata
from argparse import ArgumentParser
from collections.abc import Sequence
from dataclasses import asdict, fields
from datetime import datetime
from typing import TYPE_CHECKING

from treno_chat.running.log_safety import escaped

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

NOTHING = "–"
GAP = "  "


def json_switch() -> ArgumentParser:
    """Return the switch that every command that lists has."""
    switch = ArgumentParser(add_help=False)
    switch.add_argument(
        "--json", action="store_true", help="print JSON; else columns, with times in UTC"
    )
    return switch


def show_lines(lines: "Sequence[DataclassInstance]", *, as_json: bool, none: str) -> None:
    """Print a list, one value a line; `none` is said of an empty one."""
    if as_json:
        print(_json([asdict(line) for line in lines]))
    elif not lines:
        print(none)
    else:
        names = [each.name for each in fields(lines[0])]
        rows = [[_cell(getattr(line, name)) for name in names] for line in lines]
        for row in _aligned([[_heading(name) for name in names], *rows]):
            print(row)


def show_sheet(sheet: "DataclassInstance", *, as_json: bool) -> None:
    """Print everything of one value, one field a line."""
    if as_json:
        print(_json(asdict(sheet)))
        return
    pairs = [(each.name, getattr(sheet, each.name)) for each in fields(sheet)]
    for row in _aligned([[_heading(name), _cell(value)] for name, value in pairs]):
        print(row)


def _json(value: object) -> str:
    # The default asks only for what JSON has no word for: our times, aware and in UTC.
    return json.dumps(value, ensure_ascii=False, indent=2, default=datetime.isoformat)


def _heading(name: str) -> str:
    return name.removeprefix("is_").removesuffix("_at").replace("_", " ").upper()


def _cell(value: object) -> str:
    match value:
        case None | "" | ():
            return NOTHING
        case bool():
            return "yes" if value else "no"
        case datetime():
            return f"{value:%Y-%m-%d %H:%M}"
        case tuple():
            return ", ".join(map(_cell, value))  # pyright: ignore[reportUnknownArgumentType]
        case _:
            return escaped(str(value))


def _aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    return [GAP.join(map(_padded, row, widths)).rstrip() for row in rows]


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _width(text))


def _width(text: str) -> int:
    """Return how many columns a terminal gives to a text."""
    wide = sum(unicodedata.east_asian_width(one) in "WF" for one in text)
    return len(text) + wide - sum(unicodedata.combining(one) > 0 for one in text)
