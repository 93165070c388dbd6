"""The rooms of a place, as the operator arranges them."""

from treno_chat.actions.door.visits import place_named
from treno_chat.actions.transaction import Transaction
from treno_chat.domain.ids import new_id
from treno_chat.domain.operations.roster import RoomLine
from treno_chat.domain.places import Place, Room, RoomKind, read_name, read_slug
from treno_chat.domain.refusals import Conflict, NotFound
from treno_chat.domain.talk.events import RoomsChanged
from treno_chat.stores.operations import places_roster
from treno_chat.stores.talk import rooms


def add_room(tx: Transaction, place_slug: str, slug: str, name: str) -> Room:
    """Open one more room where everybody talks, behind those that there are."""
    place = place_named(tx, place_slug)
    there = rooms.of_place(tx.db, place.id)
    new_slug, new_name = read_slug(slug), read_name(name)
    if any(room.slug == new_slug for room in there):
        raise Conflict("slug_taken", field="slug")
    tx.outbox.append(RoomsChanged(place_id=place.id))
    return make_room(tx, place, new_slug, new_name, RoomKind.GENERAL, position=len(there))


def rename_room(tx: Transaction, place_slug: str, slug: str, name: str) -> Room:
    """Give a room another name; its address stays."""
    place, new_name = place_named(tx, place_slug), read_name(name)
    room = room_named(tx, place, slug)
    rooms.rename(tx.db, room.id, new_name)
    tx.outbox.append(RoomsChanged(place_id=place.id))
    return next(each for each in rooms.of_place(tx.db, place.id) if each.id == room.id)


def list_rooms(tx: Transaction, place_slug: str) -> tuple[RoomLine, ...]:
    """Return the rooms of a place in their order, and how much is kept in each."""
    return places_roster.rooms(tx.db, place_named(tx, place_slug).id)


def room_named(tx: Transaction, place: Place, slug: str) -> Room:
    """Return the room of a place that an operator names."""
    room = next((room for room in rooms.of_place(tx.db, place.id) if room.slug == slug), None)
    if room is None:
        raise NotFound("room_not_found")
    return room


def make_room(
    tx: Transaction, place: Place, slug: str, name: str, kind: RoomKind, *, position: int
) -> Room:
    """Store a room in which nothing was said yet."""
    room = Room(
        id=new_id(), place_id=place.id, slug=slug, name=name, kind=kind, last_seq=0, last_rev=0
    )
    rooms.add(tx.db, room, position=position)
    return room
