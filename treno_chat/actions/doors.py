"""Doors: what somebody who is not in yet may know of a place, and where its talk is."""

from dataclasses import dataclass

from treno_chat.actions.transaction import Transaction
from treno_chat.domain.places import Place, RoomKind
from treno_chat.domain.refusals import NotFound
from treno_chat.stores import places, rooms


@dataclass(frozen=True, kw_only=True, slots=True)
class Door:
    """A place seen from outside; `room_slug` names the room where everybody talks, if any."""

    place: Place
    room_slug: str | None


def find_door(tx: Transaction, slug: str) -> Door:
    """Return the door of a place, whoever asks."""
    # Our slugs are plain; a NUL or half a surrogate pair would be an error of the database.
    place = places.get(tx.db, slug) if slug.isascii() and slug.isprintable() else None
    if place is None:
        raise NotFound("place_not_found")
    general = (
        room.slug for room in rooms.of_place(tx.db, place.id) if room.kind is RoomKind.GENERAL
    )
    return Door(place=place, room_slug=next(general, None))
