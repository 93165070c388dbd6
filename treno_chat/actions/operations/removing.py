"""Taking a place or a room away for good: what would go, what may not, and the deed.

A house keeps the place that `/` leads to, and a place the room where staff announce and one where
everybody talks: pages, posters and commands count on them.
"""

from treno_chat.actions.audit import record
from treno_chat.actions.door.visits import place_named
from treno_chat.actions.operations.rooms import room_named
from treno_chat.actions.transaction import Transaction
from treno_chat.domain.operations.auth_events import AuthEventKind
from treno_chat.domain.operations.roster import PlaceContents, RoomLine
from treno_chat.domain.places import Place, Room, RoomKind
from treno_chat.domain.refusals import Conflict
from treno_chat.domain.talk.events import GuideChanged, RoomsChanged, StaffChanged
from treno_chat.stores.operations import places_roster, removing, staff
from treno_chat.stores.talk import places, rooms


def view_removable_place(tx: Transaction, slug: str, *, entry: str) -> PlaceContents:
    """Return what would go with a place, if it may go; `entry` is the place that `/` leads to."""
    return places_roster.contents(tx.db, _removable_place(tx, slug, entry=entry), now=tx.now)


def view_removable_room(tx: Transaction, place_slug: str, slug: str) -> RoomLine:
    """Return what would go with a room, if it may go."""
    _, room = _removable_room(tx, place_slug, slug)
    lines = places_roster.rooms(tx.db, room.place_id)
    return next(line for line in lines if line.slug == room.slug)


def remove_place(tx: Transaction, slug: str, *, entry: str) -> Place:
    """Delete a place for good; whoever is there is told so, and is nowhere."""
    place = _removable_place(tx, slug, entry=entry)
    staff_ids = staff.ids_of(tx.db, place.id)
    removing.remove_place(tx.db, place.id)
    for user_id in staff_ids:
        record(tx, AuthEventKind.ROLE_REVOKED, user_id=user_id, detail=f"at {slug}")
        tx.outbox.append(StaffChanged(place_id=place.id, user_id=user_id))
    record(tx, AuthEventKind.PLACE_REMOVED, detail=slug)
    tx.outbox += [RoomsChanged(place_id=place.id), GuideChanged(place_id=place.id)]
    return place


def remove_room(tx: Transaction, place_slug: str, slug: str) -> Room:
    """Delete a room of a place for good; whoever is in it is told so."""
    place, room = _removable_room(tx, place_slug, slug)
    removing.remove_room(tx.db, room.id)
    record(tx, AuthEventKind.ROOM_REMOVED, detail=f"{slug} at {place_slug}")
    tx.outbox.append(RoomsChanged(place_id=place.id))
    return room


def _removable_place(tx: Transaction, slug: str, *, entry: str) -> Place:
    place = place_named(tx, slug)
    if len(places.all_places(tx.db)) == 1:
        raise Conflict("last_place")
    if place.slug == entry:
        raise Conflict("place_is_entry")
    return place


def _removable_room(tx: Transaction, place_slug: str, slug: str) -> tuple[Place, Room]:
    place = place_named(tx, place_slug)
    room = room_named(tx, place, slug)
    if room.kind is RoomKind.ANNOUNCEMENTS:
        raise Conflict("room_of_announcements")
    there = rooms.of_place(tx.db, place.id)
    if sum(one.kind is RoomKind.GENERAL for one in there) == 1:
        raise Conflict("last_room")
    return place, room
