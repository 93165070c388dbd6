"""Catching up: what a reader missed, and no more."""

from datetime import timedelta

from sqlalchemy import delete
from sqlmodel import col, insert

from tests.actions.visiting import SLUG
from tests.actions.worlds import say
from treno_chat.actions.talk.messages import (
    catch_up,
    delete_message,
    edit_message,
)
from treno_chat.actions.talk.rooms import mark_read, newest_page, open_room
from treno_chat.actions.talk.stretches import read_again
from treno_chat.actions.transaction import Transaction
from treno_chat.domain.door.sessions import Principal
from treno_chat.domain.ids import new_id
from treno_chat.domain.places import Room
from treno_chat.domain.talk.messages import CatchUp
from treno_chat.stores import tables


def fill(tx: Transaction, room: Room, count: int, *, author: Principal) -> None:
    """Let one person say a great many things at once."""
    rows = [
        {
            "id": new_id(),
            "room_id": room.id,
            "seq": seq,
            "rev": seq,
            "client_id": new_id(),
            "kind": "words",
            "author_id": author.user.id,
            "visit_id": author.visit_id,
            "author_alias": author.user.alias,
            "author_gender": author.user.gender,
            "author_is_anonymous": True,
            "author_is_staff": False,
            "body": f"{seq}",
            "sent_at": tx.now,
            "expires_at": tx.now + timedelta(hours=48),
        }
        for seq in range(1, count + 1)
    ]
    tx.db.exec(insert(tables.Message), params=rows)
    row = tx.db.get_one(tables.Room, room.id)
    row.last_seq = row.last_rev = count
    tx.db.flush()


def vanish(tx: Transaction, room: Room, *seqs: int) -> None:
    """Leave nothing of some messages, not even tombstones, as the end of their time does."""
    gone = col(tables.Message.room_id) == room.id, col(tables.Message.seq).in_(seqs)
    tx.db.exec(delete(tables.Message).where(*gone))


def test_whoever_missed_nothing_is_told_so(tx: Transaction, ada: Principal, train: Room) -> None:
    say(tx, ada, train, "uno", "due")

    missed = catch_up(tx, ada, train.id, last_rev=2, first_seq=1)

    assert missed == CatchUp(changes=(), removed=(), through_rev=2, through_seq=2)


def test_what_was_said_edited_and_taken_back_is_caught_up_with(
    tx: Transaction, ada: Principal, bruno: Principal, train: Room
) -> None:
    say(tx, ada, train, "uno", "due", "tre")
    edited = edit_message(tx, ada, train.id, 2, "due!")
    delete_message(tx, ada, train.id, 1)
    (said,) = say(tx, bruno, train, "quattro")

    missed = catch_up(tx, bruno, train.id, last_rev=3, first_seq=1)

    assert [message.seq for message in missed.changes] == [2, 1, 4]
    assert missed.changes[0] == edited
    assert (missed.changes[1].body, missed.changes[1].author) == ("", None)
    assert missed.changes[2] == said
    assert missed.removed == ()
    assert (missed.through_rev, missed.through_seq, missed.too_far) == (6, 4, False)


def test_holes_below_what_the_reader_holds_are_not_told(
    tx: Transaction, ada: Principal, train: Room
) -> None:
    say(tx, ada, train, "uno", "due", "tre")
    vanish(tx, train, 1, 3)

    assert catch_up(tx, ada, train.id, last_rev=3, first_seq=2).removed == (3,)
    assert catch_up(tx, ada, train.id, last_rev=3, first_seq=2**53).removed == ()


def test_holes_are_looked_for_in_what_the_reader_holds_however_far_up(
    tx: Transaction, ada: Principal, train: Room
) -> None:
    fill(tx, train, 1500, author=ada)
    vanish(tx, train, 99, 100, 101, 399, 400)

    held = catch_up(tx, ada, train.id, last_rev=1500, first_seq=100, last_seq=399)

    assert (held.removed, held.too_far) == ((100, 101, 399), False)


def test_who_may_hold_more_than_a_thousand_loads_anew(
    tx: Transaction, ada: Principal, train: Room
) -> None:
    fill(tx, train, 1100, author=ada)
    vanish(tx, train, 101, 1100)

    thousand = catch_up(tx, ada, train.id, last_rev=1100, first_seq=101, last_seq=2**53)
    more = catch_up(tx, ada, train.id, last_rev=1100, first_seq=100)

    assert (thousand.removed, thousand.too_far) == ((101, 1100), False)
    assert (more.removed, more.too_far) == ((), True)


def test_two_hundred_changes_are_told_and_one_more_is_too_far(
    tx: Transaction, ada: Principal, train: Room
) -> None:
    fill(tx, train, 300, author=ada)

    enough = catch_up(tx, ada, train.id, last_rev=100, first_seq=1)
    too_many = catch_up(tx, ada, train.id, last_rev=99, first_seq=1)

    assert len(enough.changes) == 200
    assert not enough.too_far
    assert too_many == CatchUp(
        changes=(), removed=(), through_rev=300, through_seq=300, too_far=True
    )


def test_a_reader_who_is_ahead_of_the_room_starts_anew(
    tx: Transaction, ada: Principal, train: Room
) -> None:
    say(tx, ada, train, "Ciao!")

    assert catch_up(tx, ada, train.id, last_rev=2**53, first_seq=1).too_far


def test_who_reads_far_up_gets_the_same_stretch_as_it_is_now(
    tx: Transaction, ada: Principal, bruno: Principal, train: Room
) -> None:
    fill(tx, train, 500, author=ada)
    edited = edit_message(tx, ada, train.id, 110, "cento dieci")
    delete_message(tx, ada, train.id, 450)
    say(tx, bruno, train, "Mio")
    vanish(tx, train, 120)

    held = read_again(tx, bruno, train.id, first_seq=101, last_seq=140, heard_seq=200)

    assert [one.seq for one in held.messages] == [seq for seq in range(101, 141) if seq != 120]
    assert held.messages[9] == edited
    assert (held.has_newer, held.news, held.heard_seq) == (True, 299, 200)
    assert (held.through_rev, held.through_seq) == (503, 501)


def test_a_stretch_is_never_longer_than_a_page_may_hold(
    tx: Transaction, ada: Principal, train: Room
) -> None:
    fill(tx, train, 500, author=ada)
    most = 2**53

    whole = read_again(tx, ada, train.id, first_seq=0, last_seq=most, heard_seq=most)
    end = read_again(tx, ada, train.id, first_seq=400, last_seq=most, heard_seq=0)
    none = read_again(tx, ada, train.id, first_seq=most, last_seq=most, heard_seq=0)

    assert [one.seq for one in whole.messages] == list(range(1, 301))
    assert (whole.has_newer, whole.news) == (True, 0)
    assert (end.messages[-1].seq, end.has_newer) == (500, False)
    assert (none.messages, none.has_newer) == ((), False)


def test_who_comes_back_to_the_end_learns_how_much_was_missed_and_where_it_begins(
    tx: Transaction, ada: Principal, bruno: Principal, train: Room
) -> None:
    open_room(tx, bruno, SLUG, train.slug)
    fill(tx, train, 500, author=ada)
    mark_read(tx, bruno, train.id, 100)
    delete_message(tx, ada, train.id, 101)
    say(tx, bruno, train, "Mio")

    back = newest_page(tx, bruno, train.id, heard_seq=200)
    ahead = newest_page(tx, ada, train.id, heard_seq=2**53)

    assert (back.page.messages[0].seq, back.has_newer) == (462, False)
    assert (back.heard_seq, back.missed, back.first_unread) == (200, 300, 102)
    assert (ahead.heard_seq, ahead.missed, ahead.first_unread) == (501, 0, None)
