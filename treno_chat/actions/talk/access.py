"""The only doors to a place and to a room: fetch and permission in one.

Whoever is not there (never was, left, was too slow) and whoever names what does not exist hear
the same answer, so that asking tells nothing.
"""

from collections.abc import Collection
from dataclasses import dataclass

from treno_chat.actions.transaction import Transaction
from treno_chat.domain.door.sessions import Principal
from treno_chat.domain.ids import RoomId, UserId, VisitId, is_plain
from treno_chat.domain.places import Place, Room, RoomKind, Stay
from treno_chat.domain.refusals import Forbidden, NotFound
from treno_chat.stores.talk import places, stays


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenPlace:
    """A place the person is at."""

    place: Place
    visit_id: VisitId
    is_staff: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenRoom:
    """A room of a place the person is at."""

    place: Place
    room: Room
    visit_id: VisitId
    is_staff: bool
    can_write: bool


def access_place(tx: Transaction, principal: Principal, slug: str) -> OpenPlace:
    """Return the place, if the person is at it now."""
    found = (
        places.get_visited(tx.db, slug, principal.user.id, now=tx.now) if is_plain(slug) else None
    )
    if found is None:
        raise not_here()
    place, stay = found
    return OpenPlace(place=place, visit_id=stay.visit_id, is_staff=stay.is_staff)


def access_places(tx: Transaction, principal: Principal) -> list[OpenPlace]:
    """Return the places where the person is now."""
    found = places.all_visited(tx.db, principal.user.id, now=tx.now)
    return [
        OpenPlace(place=place, visit_id=stay.visit_id, is_staff=stay.is_staff)
        for place, stay in found
    ]


def access_room(tx: Transaction, principal: Principal, room_id: RoomId) -> OpenRoom:
    """Return the room, if the person is at its place now."""
    pair = (principal.user.id, room_id)
    at = access_rooms(tx, [pair]).get(pair)
    if at is None:
        raise not_here()
    return at


def access_rooms(
    tx: Transaction, asked: Collection[tuple[UserId, RoomId]]
) -> dict[tuple[UserId, RoomId], OpenRoom]:
    """Return for each person and room what `access_room` would; who is not there is missing."""
    named = [(user_id, room_id) for user_id, room_id in asked if is_plain(room_id)]
    found = stays.find(tx.db, named, now=tx.now)
    return {
        pair: OpenRoom(
            place=place,
            room=room,
            visit_id=stay.visit_id,
            is_staff=stay.is_staff,
            can_write=can_write(room, stay),
        )
        for pair, (room, place, stay) in found.items()
    }


def can_write(room: Room, stay: Stay | OpenPlace) -> bool:
    """Say whether somebody who is there may write in a room."""
    return stay.is_staff or room.kind is not RoomKind.ANNOUNCEMENTS


def require_can_write(at: OpenRoom) -> None:
    """Refuse whoever may only read here."""
    if not at.can_write:
        raise Forbidden("staff_only")


def not_here() -> NotFound:
    """Return the one answer for what is not there and for who is not there."""
    return NotFound("not_here")
