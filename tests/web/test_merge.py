"""Merging, run as the browser runs it: whatever arrives in whatever order, no gap and no ghost."""

from tests.support.merging import (
    Item,
    holding,
    merged,
    message,
    new,
    page,
    pending,
    seqs_of,
    through,
)
from treno_chat.web.browser.room.merge import MOST_ROWS


def test_an_edit_of_what_is_not_held_leaves_no_gap() -> None:
    kept = holding(range(661, 701), hasOlder=True, rev=700, seq=700)
    edited = {**message(600), "rev": 701, "edited": True}

    for item in (
        {"kind": "edit", **edited},
        {"kind": "caught_up", "changes": [edited], "removed": [], **through(700, 701)},
    ):
        after = merged(kept, item)
        assert (seqs_of(after), after["rev"]) == (list(range(661, 701)), 701)


def test_who_reads_far_up_holds_no_more_and_lets_go_of_the_newest() -> None:
    kept = holding(
        range(401, 701), hasOlder=True, isAtEnd=False, isHigh=True, fetching="older", seq=700
    )

    after = merged(kept, page("older", range(361, 401), has_older=True), new(701))

    assert seqs_of(after) == list(range(361, 361 + MOST_ROWS))
    assert (after["hasNewer"], after["unseen"], after["seq"]) == (True, 1, 701)


def test_who_reads_near_the_end_lets_go_of_the_oldest() -> None:
    kept = holding(range(401, 701), isAtEnd=False, seq=700)

    after = merged(kept, new(701))

    assert seqs_of(after) == list(range(402, 702))
    assert (after["hasOlder"], after["hasNewer"], after["unseen"]) == (True, False, 1)


def test_what_is_said_while_the_last_page_is_on_its_way_comes_after_it() -> None:
    kept = holding(range(361, 661), isAtEnd=False, hasNewer=True, fetching="newer", seq=700)

    after = merged(kept, new(701), page("newer", range(661, 701), has_newer=False))

    assert seqs_of(after) == list(range(402, 702))
    assert (after["hasNewer"], after["hasOlder"], after["late"]) == (False, True, [])
    assert (after["unseen"], after["heard"]) == (1, 1)


def test_what_went_while_its_page_was_on_its_way_does_not_come_back() -> None:
    kept = holding(range(361, 661), isAtEnd=False, hasNewer=True, fetching="newer", seq=700)
    gone = {"kind": "gone", "seqs": [670], "rev": 701}

    after = merged(kept, gone, page("newer", range(661, 701), has_newer=True))

    assert 670 not in seqs_of(after)


def test_a_page_that_nobody_waits_for_any_more_is_left_alone() -> None:
    kept = holding(range(661, 701), seq=700)

    assert merged(kept, page("older", range(1, 41), has_older=False)) == kept


def test_a_page_that_is_refused_is_waited_for_no_more() -> None:
    kept = holding(range(661, 701), fetching="older", seq=700)
    refused: Item = {"kind": "refused", "id": "1"}
    away: Item = {"client_id": "", "seq": 0, "ok": False, "code": "unavailable", "params": {}}

    for no in (refused, away):
        assert merged(kept, no)["fetching"] == ""
    assert merged(kept, {**away, "client_id": "c1"})["fetching"] == "older"


def test_the_newest_page_settles_what_one_said_on_the_way_to_the_end() -> None:
    mine = {"client_id": "c701", "room_id": "r", "text": "701", "at": 0, "state": "sending"}
    kept = holding(range(1, 301), isAtEnd=True, hasNewer=True, seq=700, pending=[mine])
    newest = {"kind": "page", "messages": [message(seq) for seq in range(662, 702)]}

    waiting = merged(kept, new(701))
    after = merged(waiting, {**newest, "has_older": True, "last_read": 0, **through(701, 701)})

    assert waiting["pending"] == [mine]
    assert (after["pending"], seqs_of(after)) == ([], list(range(662, 702)))


def test_an_answer_to_a_repetition_settles_too() -> None:
    mine = {"client_id": "c700", "room_id": "r", "text": "700", "at": 0, "state": "sending"}
    kept = holding(range(661, 701), seq=700, pending=[mine])

    assert merged(kept, new(700))["pending"] == []


def test_a_refusal_that_names_its_seconds_heals_by_itself() -> None:
    mine = {"client_id": "c1", "room_id": "r", "text": "1", "at": 0, "state": "sending"}
    no = {"client_id": "c1", "ok": False}

    after = merged(
        holding(range(0), pending=[mine]), {**no, "code": "too_fast", "params": {"seconds": 7}}
    )
    stays = merged(holding(range(0), pending=[mine]), {**no, "code": "message_empty", "params": {}})

    [waiting], [failed] = after["pending"], stays["pending"]
    assert (waiting["state"], waiting["seconds"], waiting["text"]) == ("waiting", 7, "1")
    assert (failed["state"], failed["code"], failed["text"]) == ("failed", "message_empty", "1")
    assert after["notice"] == stays["notice"] == ""


def test_a_late_refusal_of_what_was_sent_says_nothing() -> None:
    kept = holding(range(1), seq=0)

    after = merged(kept, {"client_id": "c0", "ok": False, "code": "too_fast", "params": {}})

    assert (after["notice"], after["pending"], seqs_of(after)) == ("", [], [0])


def test_what_was_changed_on_its_way_is_owed_its_new_words() -> None:
    mine = {**pending("c700"), "text": " Ora così ", "isAmended": True}
    kept = holding(range(661, 700), seq=699, pending=[mine])
    newest = {**page("page", range(661, 701), has_older=True), "last_read": 0, **through(700, 700)}
    owed = [{"client_id": "c700", "room_id": "r", "seq": 700, "text": " Ora così ", "flying": 0}]

    for item in (new(700), newest, {**new(700), "ok": True, "room_id": "r"}):
        after = merged(kept, item)
        assert (after["pending"], after["edits"]) == ([], owed)

    in_time = {**kept, "pending": [{**mine, "text": " 700 "}]}
    assert merged(in_time, new(700))["edits"] == []


def test_that_a_message_was_stored_does_not_settle_what_it_is_owed() -> None:
    mine = {**pending("c700"), "text": "Ora così", "isAmended": True}
    stored = {**new(700), "ok": True, "room_id": "r", "is_change": False}

    owing = merged(holding(range(661, 700), seq=699, pending=[mine]), new(700))
    flying = {**owing, "edits": [{**owing["edits"][0], "flying": 1}]}
    no = {"client_id": "", "seq": 700, "ok": False, "code": "too_fast", "params": {"seconds": 7}}

    assert merged(flying, stored)["edits"] == flying["edits"]
    assert [one["text"] for one in merged(flying, stored, no)["back"]] == ["Ora così"]
    assert merged(flying, stored, {**stored, "is_change": True})["edits"] == []


def test_what_was_said_in_another_room_is_not_shown_in_this_one() -> None:
    there = {**pending("c9"), "room_id": "there", "text": "Ora così", "isAmended": True}
    kept = holding(range(661, 701), seq=700, pending=[there])

    after = merged(kept, {**message(9), "ok": True, "room_id": "there"})

    assert (seqs_of(after), after["pending"]) == (seqs_of(kept), [])
    assert [(one["room_id"], one["seq"]) for one in after["edits"]] == [("there", 9)]


def test_the_last_of_several_changes_counts() -> None:
    change = {"client_id": "c700", "room_id": "r", "seq": 700, "text": "Ora così", "flying": 2}
    kept = holding(range(661, 701), seq=700, edits=[change])
    first = {**message(700), "rev": 701, "ok": True, "room_id": "r", "is_change": True}

    waiting = merged(kept, first)
    done = merged(waiting, {**first, "rev": 702})
    refused = merged(waiting, {"client_id": "", "seq": 700, "ok": False, "code": "too_late"})

    assert waiting["edits"] == [{**change, "flying": 1}]
    assert (done["edits"], done["back"]) == ([], [])
    assert (refused["edits"], refused["back"]) == ([], [{**change, "flying": 1}])
    assert refused["notice"] == "too_late"
