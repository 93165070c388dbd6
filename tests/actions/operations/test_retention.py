"""Forgetting on time."""

from datetime import timedelta
from typing import NamedTuple
from unittest.mock import Mock

import pytest
from sqlmodel import col, delete, func, select, update

from tests.actions.worlds import draft, leave, register, room_named, say, texts_of
from tests.conftest import Heard, StoppedClock
from treno_chat.actions.operations import retention
from treno_chat.actions.operations.retention import delete_expired, find_expired, forget
from treno_chat.actions.talk.messages import catch_up, delete_message
from treno_chat.actions.talk.rooms import newest_page
from treno_chat.actions.talk.sending import send_message
from treno_chat.actions.transaction import Transaction, Transactions
from treno_chat.domain.door.sessions import Principal
from treno_chat.domain.ids import new_id
from treno_chat.domain.places import Room
from treno_chat.domain.talk.events import MessagesGone
from treno_chat.stores import tables


class World(NamedTuple):
    """The train with Ada, a guest, and Bruno, who keeps his account and watches."""

    transactions: Transactions
    clock: StoppedClock
    ada: Principal
    bruno: Principal
    train: Room

    def shown(self) -> list[str]:
        """What Bruno can read."""
        with self.transactions.reading() as tx:
            return texts_of(newest_page(tx, self.bruno, self.train.id).page)

    def stored(self) -> int:
        """How many rows there are."""
        with self.transactions.reading() as tx:
            return tx.db.exec(select(func.count()).select_from(tables.Message)).one()


@pytest.fixture
def world(
    transactions: Transactions, clock: StoppedClock, ada: Principal, bruno: Principal, train: Room
) -> World:
    with transactions.writing() as tx:
        register(tx, bruno)
    return World(transactions, clock, ada, bruno, train)


def test_a_registered_persons_words_are_kept_two_days_to_the_second(
    world: World, heard: Heard
) -> None:
    with world.transactions.writing() as tx:
        say(tx, world.bruno, world.train, "Ciao!")
    heard.events.clear()

    world.clock.pass_(timedelta(hours=48) - timedelta(seconds=1))
    assert world.shown() == ["Ciao!"]
    assert forget(world.transactions) == 0
    assert (world.stored(), heard.events) == (1, [])

    world.clock.pass_(timedelta(seconds=1))
    assert world.shown() == []
    assert world.stored() == 1
    assert forget(world.transactions) == 1
    assert world.stored() == 0
    assert heard.events == [MessagesGone(room_id=world.train.id, seqs=(1,), rev=2)]


def test_a_guests_words_outlive_the_visit_by_the_grace(world: World) -> None:
    with world.transactions.writing() as tx:
        say(tx, world.ada, world.train, "Ciao!")
        leave(tx, world.ada)

    world.clock.pass_(timedelta(hours=2) - timedelta(seconds=1))
    assert world.shown() == ["Ciao!"]
    assert forget(world.transactions) == 0

    world.clock.pass_(timedelta(seconds=1))
    assert world.shown() == []
    assert forget(world.transactions) == 1
    assert world.stored() == 0


def test_a_visit_that_ran_out_counts_before_anybody_closes_it(world: World) -> None:
    with world.transactions.writing() as tx:
        say(tx, world.ada, world.train, "Ciao!")

    world.clock.pass_(timedelta(hours=14))

    assert world.shown() == []
    assert forget(world.transactions) == 1


def test_a_registered_persons_words_stay_when_they_leave(world: World) -> None:
    with world.transactions.writing() as tx:
        register(tx, world.ada)
        say(tx, world.ada, world.train, "Ciao!")
        leave(tx, world.ada)

    world.clock.pass_(timedelta(hours=3))

    assert world.shown() == ["Ciao!"]
    assert forget(world.transactions) == 0


def test_words_of_a_guest_who_registered_meanwhile_stay(world: World) -> None:
    with world.transactions.writing() as tx:
        say(tx, world.ada, world.train, "Ciao!")
        register(tx, world.ada)
        leave(tx, world.ada)

    world.clock.pass_(timedelta(hours=3))

    assert world.shown() == ["Ciao!"]
    assert forget(world.transactions) == 0


@pytest.mark.parametrize("lost", [tables.Visit, tables.User])
def test_a_guests_words_go_with_the_row_that_vouches_for_them(
    world: World, lost: type[tables.Visit | tables.User]
) -> None:
    with world.transactions.writing() as tx:
        say(tx, world.ada, world.train, "Ciao!")
        owner = tables.Visit.user_id if lost is tables.Visit else tables.User.id
        tx.db.exec(delete(lost).where(col(owner) == world.ada.user.id))

    assert world.shown() == []
    assert forget(world.transactions) == 1


def test_a_tombstone_goes_when_the_words_would_have(world: World) -> None:
    with world.transactions.writing() as tx:
        say(tx, world.ada, world.train, "Ciao!")
        say(tx, world.bruno, world.train, "Ciao Ada!")
        delete_message(tx, world.ada, world.train.id, 1)
        delete_message(tx, world.bruno, world.train.id, 2)
        leave(tx, world.ada)

    world.clock.pass_(timedelta(hours=2))

    assert forget(world.transactions) == 1
    assert world.shown() == [""]


def test_every_room_counts_one_change_for_all_that_went(
    world: World, heard: Heard, annunci: Room
) -> None:
    with world.transactions.writing() as tx:
        say(tx, world.bruno, world.train, "uno", "due")
        row = tx.db.get_one(tables.Room, annunci.id)
        row.kind = "general"
    with world.transactions.writing() as tx:
        say(tx, world.bruno, annunci, "uno")
    world.clock.pass_(timedelta(hours=1))
    with world.transactions.writing() as tx:
        say(tx, world.bruno, world.train, "tre")
    heard.events.clear()
    world.clock.pass_(timedelta(hours=47))

    assert forget(world.transactions) == 3

    assert heard.events == [
        MessagesGone(room_id=room.id, seqs=seqs, rev=rev)
        for room, seqs, rev in sorted(
            [(world.train, (1, 2), 4), (annunci, (1,), 2)], key=lambda gone: gone[0].id
        )
    ]
    assert world.shown() == ["tre"]
    with world.transactions.reading() as tx:
        missed = catch_up(tx, world.bruno, world.train.id, last_rev=3, first_seq=1)
        assert room_named(tx, "treno").last_seq == 3
    assert (missed.changes, missed.removed) == ((), (1, 2))
    assert (missed.through_rev, missed.through_seq) == (4, 3)


def test_a_great_deal_is_forgotten_batch_by_batch(
    world: World, heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    with world.transactions.writing() as tx:
        say(tx, world.bruno, world.train, *"abcde")
    heard.events.clear()
    world.clock.pass_(timedelta(hours=48))
    monkeypatch.setattr(find_expired, "__kwdefaults__", {"limit": 2})

    assert forget(world.transactions) == 5

    gone = [event for event in heard.events if isinstance(event, MessagesGone)]
    assert sorted(seq for event in gone for seq in event.seqs) == [1, 2, 3, 4, 5]
    assert [event.rev for event in gone] == [6, 7, 8]


def test_what_turns_out_to_be_kept_is_not_deleted(
    tx: Transaction, ada: Principal, train: Room
) -> None:
    say(tx, ada, train, "Ciao!")
    tx.outbox.clear()

    assert delete_expired(tx, train.id, [1]) == ()
    assert delete_expired(tx, new_id(), [1]) == ()

    assert tx.outbox == []
    assert room_named(tx, "treno").last_rev == 1
    assert texts_of(newest_page(tx, ada, train.id).page) == ["Ciao!"]


def test_whoever_finds_nothing_left_to_delete_stops(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "find_expired", Mock(return_value={world.train.id: (1,)}))

    assert forget(world.transactions) == 0


def test_the_sweep_deletes_exactly_what_readers_no_longer_see(
    world: World, chiara: Principal
) -> None:
    """Every mixture of person, end of visit and age: the two conditions are the same."""
    for hours in (0, 1, 2):
        with world.transactions.writing() as tx:
            for person in (world.ada, world.bruno, chiara):
                send_message(tx, person, world.train.id, draft(f"{person.user.alias} {hours}"))
        world.clock.pass_(timedelta(hours=1))
    with world.transactions.writing() as tx:
        leave(tx, world.ada)
        tx.db.exec(
            update(tables.Visit)
            .where(col(tables.Visit.user_id) == chiara.user.id)
            .values(ends_at=None)
        )
    for _ in range(50):
        before = world.shown()
        forget(world.transactions)
        assert world.stored() == len(before)
        assert world.shown() == before
        world.clock.pass_(timedelta(hours=1))
    assert world.stored() == 0
