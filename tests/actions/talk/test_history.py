"""History: pages that lose nothing, and what is over is served nowhere."""

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlmodel import insert

from tests.actions.statements import explain, statements
from tests.actions.worlds import draft, register, say, texts_of
from treno_chat.actions.talk.messages import (
    catch_up,
    newer_page,
    older_page,
)
from treno_chat.actions.talk.rooms import list_rooms, mark_read, newest_page, open_room
from treno_chat.actions.talk.sending import send_message
from treno_chat.actions.transaction import Transaction, Transactions
from treno_chat.domain.door.sessions import Principal
from treno_chat.domain.ids import new_id
from treno_chat.domain.places import Room
from treno_chat.stores import tables
from treno_chat.stores.database import Database


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


def test_history_is_read_page_by_page_without_losing_a_message(
    tx: Transaction, ada: Principal, bruno: Principal, train: Room
) -> None:
    fill(tx, train, 81, author=ada)

    newest = newest_page(tx, bruno, train.id)
    middle = older_page(tx, bruno, train.id, newest.page.messages[0].seq)
    oldest = older_page(tx, bruno, train.id, middle.messages[0].seq)

    assert [message.seq for message in newest.page.messages] == list(range(42, 82))
    assert [message.seq for message in middle.messages] == list(range(2, 42))
    assert texts_of(oldest) == ["1"]
    assert (newest.page.has_older, middle.has_older, oldest.has_older) == (True, True, False)
    assert (newest.through_seq, newest.through_rev) == (81, 81)


def test_f9_a_clock_that_is_set_back_changes_no_order(
    tx: Transaction, ada: Principal, bruno: Principal, train: Room
) -> None:
    for number, hours in enumerate((0, -1, 1, 0)):
        tx.now += timedelta(hours=hours)
        say(tx, ada, train, f"{number}")

    page = newest_page(tx, bruno, train.id).page

    assert texts_of(page) == ["0", "1", "2", "3"]
    assert [message.seq for message in page.messages] == [1, 2, 3, 4]
    assert page.messages[1].sent_at < page.messages[0].sent_at


def test_a_page_is_stable_while_others_write(
    tx: Transaction, ada: Principal, bruno: Principal, train: Room
) -> None:
    fill(tx, train, 50, author=ada)
    before = older_page(tx, bruno, train.id, 11)
    say(tx, ada, train, "Una nuova")

    assert older_page(tx, bruno, train.id, 11) == before


def test_who_reads_back_down_loses_no_message_either(
    tx: Transaction, ada: Principal, bruno: Principal, train: Room
) -> None:
    fill(tx, train, 81, author=ada)

    middle = newer_page(tx, bruno, train.id, 1)
    newest = newer_page(tx, bruno, train.id, middle.messages[-1].seq)
    beyond = newer_page(tx, bruno, train.id, 2**53)

    assert [message.seq for message in middle.messages] == list(range(2, 42))
    assert [message.seq for message in newest.messages] == list(range(42, 82))
    assert (middle.has_newer, newest.has_newer) == (True, False)
    assert (beyond.messages, beyond.has_newer) == ((), False)


@pytest.mark.parametrize("before_seq", [0, 1])
def test_before_the_first_there_is_nothing(
    tx: Transaction, ada: Principal, train: Room, before_seq: int
) -> None:
    say(tx, ada, train, "Ciao!")

    page = older_page(tx, ada, train.id, before_seq)

    assert (page.messages, page.has_older) == ((), False)


def test_before_whatever_number_there_is_the_newest_page(
    tx: Transaction, ada: Principal, train: Room
) -> None:
    say(tx, ada, train, "Ciao!")

    assert texts_of(older_page(tx, ada, train.id, 2**53)) == ["Ciao!"]


def test_what_is_over_is_served_nowhere_before_any_job(
    tx: Transaction, ada: Principal, bruno: Principal, train: Room
) -> None:
    register(tx, bruno)
    said = draft("prima")
    send_message(tx, bruno, train.id, said)
    tx.now += timedelta(hours=1)
    say(tx, bruno, train, "dopo")
    tx.now += timedelta(hours=47)

    assert texts_of(newest_page(tx, bruno, train.id).page) == ["dopo"]
    assert texts_of(older_page(tx, bruno, train.id, 9)) == ["dopo"]
    missed = catch_up(tx, bruno, train.id, last_rev=0, first_seq=1)
    assert [message.body for message in missed.changes] == ["dopo"]
    assert missed.removed == (1,)
    assert send_message(tx, bruno, train.id, said).body == ""


@pytest.mark.parametrize("people", [1, 3])
@pytest.mark.parametrize("count", [1, 300])
def test_reading_costs_the_same_whatever_was_said_by_whomever(
    *,
    tx: Transaction,
    database: Database,
    ada: Principal,
    bruno: Principal,
    chiara: Principal,
    train: Room,
    count: int,
    people: int,
) -> None:
    fill(tx, train, count, author=ada)
    for person in (ada, bruno, chiara)[:people]:
        say(tx, person, train, "Ciao!")
        open_room(tx, person, "treno-lucca-aulla", None)
    rev = count + people

    with statements(database) as opening:
        open_room(tx, ada, "treno-lucca-aulla", "treno")
    with statements(database) as paging:
        older_page(tx, ada, train.id, count)
    with statements(database) as paging_down:
        newer_page(tx, ada, train.id, 1)
    with statements(database) as catching_up:
        catch_up(tx, ada, train.id, last_rev=rev - 1, first_seq=1)
    with statements(database) as reading:
        mark_read(tx, ada, train.id, count)

    assert [len(opening), len(paging), len(paging_down)] == [4, 2, 2]
    assert [len(catching_up), len(reading)] == [3, 2]


def test_sending_costs_the_same_whatever_was_said(
    tx: Transaction, database: Database, ada: Principal, train: Room
) -> None:
    fill(tx, train, 300, author=ada)

    with statements(database) as sending:
        say(tx, ada, train, "Ciao!")

    assert [statement.verb for statement in sending] == [
        "SELECT",  # the room, the visit, the role
        "SELECT",  # a retry?
        "SAVEPOINT",
        "UPDATE",
        "INSERT",
        "RELEASE",
    ]


def test_pages_and_previews_are_found_by_the_index_of_seqs(
    transactions: Transactions, database: Database, ada: Principal, bruno: Principal, train: Room
) -> None:
    with transactions.writing() as tx:
        fill(tx, train, 2000, author=ada)
    with transactions.writing() as tx:
        tx.db.connection().execute(text("ANALYZE"))
        with statements(database) as page:
            older_page(tx, bruno, train.id, 1000)
        with statements(database) as next_page:
            newer_page(tx, bruno, train.id, 1000)
        with statements(database) as previews:
            list_rooms(tx, bruno, "treno-lucca-aulla")
        plans = [explain(tx, sought[-1]) for sought in (page, next_page, previews)]

    for plan in plans:
        assert "uq_message_room_id" in plan or "room_id=? AND seq" in plan
        for slow in ("SCAN message", "Seq Scan on message", "ix_message_expires_at"):
            assert slow not in plan
    for slow in ("TEMP B-TREE", "Sort"):
        assert not any(slow in plan for plan in plans[:2])
