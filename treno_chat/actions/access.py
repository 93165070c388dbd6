"""The only doors to a place and to a room: fetch and permission in one.

Whoever is not there (never was, left, was too slow) and whoever names what does not exist hear
the same answer, so that asking tells nothing.
"""

from dataclasses import dataclass

from treno_chat.actions.transaction import Transaction
from treno_chat.domain.ids import RoomId, VisitId
from treno_chat.domain.places import Place, Room, RoomKind, Stay
from treno_chat.domain.refusals import NotFound
from treno_chat.domain.sessions import Principal
from treno_chat.stores import places, rooms


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
    _require_name(slug)
    found = places.get_visited(tx.db, slug, principal.user.id, now=tx.now)
    if found is None:
        raise _not_here()
    place, stay = found
    return OpenPlace(place=place, visit_id=stay.visit_id, is_staff=stay.is_staff)


def access_room(tx: Transaction, principal: Principal, room_id: RoomId) -> OpenRoom:
    """Return the room, if the person is at its place now."""
    _require_name(room_id)
    found = rooms.get_visited(tx.db, room_id, principal.user.id, now=tx.now)
    if found is None:
        raise _not_here()
    room, place, stay = found
    return OpenRoom(
        place=place,
        room=room,
        visit_id=stay.visit_id,
        is_staff=stay.is_staff,
        can_write=can_write(room, stay),
    )


def can_write(room: Room, stay: Stay | OpenPlace) -> bool:
    """Say whether somebody who is there may write in a room."""
    return stay.is_staff or room.kind is not RoomKind.ANNOUNCEMENTS


def _require_name(text: str) -> None:
    # Our names are plain; a NUL or half a surrogate pair would be an error of the database.
    if not (text.isascii() and text.isprintable()):
        raise _not_here()


def _not_here() -> NotFound:
    return NotFound("not_here")
