"""Who gets into a place and a room."""

from datetime import timedelta

import pytest

from tests.actions.worlds import leave, make_staff
from tests.conftest import StoppedClock
from treno_chat.actions.talk.access import access_place, access_places, access_room
from treno_chat.actions.transaction import Transaction
from treno_chat.domain.door.sessions import Principal
from treno_chat.domain.ids import new_id
from treno_chat.domain.places import Place, PlaceKind, Room, RoomKind
from treno_chat.domain.refusals import NotFound
from treno_chat.stores.talk import places, rooms


@pytest.fixture
def beach(tx: Transaction) -> Room:
    """The room of a place that nobody of the cast has ever been at."""
    place = Place(
        id=new_id(),
        slug="bagno-ines",
        name="Bagno Ines",
        kind=PlaceKind.BEACH,
        timezone="Europe/Rome",
        retention=timedelta(hours=48),
        guest_grace=timedelta(hours=2),
    )
    room = Room(
        id=new_id(),
        place_id=place.id,
        slug="ombrelloni",
        name="Ombrelloni",
        kind=RoomKind.GENERAL,
        last_seq=0,
        last_rev=0,
    )
    places.add(tx.db, place, created_at=tx.now)
    rooms.add(tx.db, room, position=0)
    return room


def test_whoever_is_at_the_place_gets_in(tx: Transaction, ada: Principal, train: Room) -> None:
    at_place = access_place(tx, ada, "treno-lucca-aulla")
    in_room = access_room(tx, ada, train.id)

    assert at_place.place == in_room.place
    assert at_place.visit_id == in_room.visit_id == ada.visit_id
    assert in_room.room == train
    assert not at_place.is_staff
    assert not in_room.is_staff


def test_one_is_told_where_one_is(
    tx: Transaction, ada: Principal, bruno: Principal, beach: Room
) -> None:
    make_staff(tx, bruno)

    [at] = access_places(tx, ada)
    assert at == access_place(tx, ada, "treno-lucca-aulla")
    assert [at.is_staff for at in access_places(tx, bruno)] == [True]
    assert places.get(tx.db, "bagno-ines") is not None
    leave(tx, ada)
    assert access_places(tx, ada) == []


def test_everybody_writes_in_the_train_and_only_staff_in_the_announcements(
    tx: Transaction, ada: Principal, bruno: Principal, train: Room, annunci: Room
) -> None:
    make_staff(tx, bruno)

    assert access_room(tx, ada, train.id).can_write
    assert not access_room(tx, ada, annunci.id).can_write
    assert access_room(tx, bruno, annunci.id).can_write
    assert access_room(tx, bruno, annunci.id).is_staff
    assert access_place(tx, bruno, "treno-lucca-aulla").is_staff


def test_staff_of_one_place_are_nobody_at_another(
    tx: Transaction, ada: Principal, beach: Room
) -> None:
    make_staff(tx, ada)

    refuse(tx, ada, slug="bagno-ines", room_id=beach.id)


def test_whoever_was_never_there_hears_that_they_are_not(
    tx: Transaction, ada: Principal, beach: Room
) -> None:
    refuse(tx, ada, slug="bagno-ines", room_id=beach.id)


def test_whoever_left_hears_the_same(tx: Transaction, ada: Principal, train: Room) -> None:
    leave(tx, ada)

    refuse(tx, ada, slug="treno-lucca-aulla", room_id=train.id)


def test_whoever_stayed_too_long_hears_the_same_before_anybody_closes_the_visit(
    tx: Transaction, ada: Principal, train: Room, clock: StoppedClock
) -> None:
    tx.now += tx.policy.guest_idle

    refuse(tx, ada, slug="treno-lucca-aulla", room_id=train.id)


@pytest.mark.parametrize("forged", ["", "nowhere", "\x00", "\ud800", "x' OR '1'='1"])
def test_a_forged_name_and_a_missing_one_get_the_same_answer(
    tx: Transaction, ada: Principal, train: Room, forged: str
) -> None:
    refuse(tx, ada, slug=forged, room_id=forged)
    refuse(tx, ada, slug=train.id, room_id="treno-lucca-aulla")
    refuse(tx, ada, slug=new_id(), room_id=new_id())


def refuse(tx: Transaction, person: Principal, *, slug: str, room_id: str) -> None:
    with pytest.raises(NotFound) as at_the_place:
        access_place(tx, person, slug)
    with pytest.raises(NotFound) as in_the_room:
        access_room(tx, person, room_id)
    assert at_the_place.value.code == in_the_room.value.code == "not_here"
    assert at_the_place.value.params == in_the_room.value.params == {}
