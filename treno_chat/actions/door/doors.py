"""Doors: what somebody who is not in yet may know of a place, and where its talk is."""

from dataclasses import dataclass

from treno_chat.actions.door.visits import place_named
from treno_chat.actions.transaction import Transaction
from treno_chat.domain.places import Place, RoomKind
from treno_chat.stores.talk import rooms


@dataclass(frozen=True, kw_only=True, slots=True)
class Door:
    """A place seen from outside; `room_slug` names the room where everybody talks, if any."""

    place: Place
    room_slug: str | None


def find_door(tx: Transaction, slug: str) -> Door:
    """Return the door of a place, whoever asks."""
    place = place_named(tx, slug)
    general = (
        room.slug for room in rooms.of_place(tx.db, place.id) if room.kind is RoomKind.GENERAL
    )
    return Door(place=place, room_slug=next(general, None))
