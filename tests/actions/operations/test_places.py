"""The demo place, and what is heard of places that change."""

from dataclasses import replace
from datetime import timedelta

from tests.conftest import Heard
from treno_chat.actions.operations.places import make_demo_place, rename_place
from treno_chat.actions.operations.rooms import add_room, rename_room
from treno_chat.actions.transaction import Transactions
from treno_chat.domain.places import PlaceKind, RoomKind
from treno_chat.domain.talk.events import RoomsChanged
from treno_chat.stores.talk import rooms


def test_the_demo_place_is_the_train_with_its_two_rooms(transactions: Transactions) -> None:
    transactions.policy = replace(transactions.policy, retention=timedelta(hours=5))

    with transactions.writing() as tx:
        place = make_demo_place(tx)

    assert (place.slug, place.name) == ("treno-lucca-aulla", "Treno Lucca–Aulla")
    assert (place.kind, place.timezone) == (PlaceKind.TRAIN, "Europe/Rome")
    assert (place.retention, place.guest_grace) == (timedelta(hours=5), timedelta(hours=2))
    with transactions.reading() as tx:
        assert [(room.slug, room.name, room.kind) for room in rooms.of_place(tx.db, place.id)] == [
            ("annunci", "Annunci", RoomKind.ANNOUNCEMENTS),
            ("treno", "Treno Lucca–Aulla", RoomKind.GENERAL),
        ]


def test_making_it_twice_makes_it_once(transactions: Transactions) -> None:
    with transactions.writing() as tx:
        first = make_demo_place(tx)
        there = rooms.of_place(tx.db, first.id)
    transactions.policy = replace(transactions.policy, retention=timedelta(hours=5))

    with transactions.writing() as tx:
        again = make_demo_place(tx)

    assert again == first
    with transactions.reading() as tx:
        assert rooms.of_place(tx.db, first.id) == there


def test_whoever_is_there_hears_of_rooms_and_names(
    transactions: Transactions, heard: Heard
) -> None:
    with transactions.writing() as tx:
        place = make_demo_place(tx)
        add_room(tx, place.slug, "bar", "Bar")
        rename_room(tx, place.slug, "bar", "Il bar")
        rename_place(tx, place.slug, "Regionale 18302")

    assert heard.events == 3 * [RoomsChanged(place_id=place.id)]
