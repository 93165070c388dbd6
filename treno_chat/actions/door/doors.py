"""Doors: what somebody who is not in yet may know of a place, and where its talk is."""

from dataclasses import dataclass

from treno_chat.actions.transaction import Transaction
from treno_chat.domain.ids import is_plain
from treno_chat.domain.places import Place
from treno_chat.domain.refusals import NotFound
from treno_chat.stores.talk import places


@dataclass(frozen=True, kw_only=True, slots=True)
class Door:
    """A place seen from outside; `room_slug` names the room where everybody talks, if any."""

    place: Place
    room_slug: str | None


def find_door(tx: Transaction, slug: str) -> Door:
    """Return the door of a place, whoever asks."""
    found = places.get_with_room(tx.db, slug) if is_plain(slug) else None
    if found is None:
        raise NotFound("place_not_found")
    place, room_slug = found
    return Door(place=place, room_slug=room_slug)
