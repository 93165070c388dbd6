"""Making places, and what the operator changes of one."""

from datetime import timedelta

from treno_chat.actions.door.visits import place_named
from treno_chat.actions.operations.rooms import make_room
from treno_chat.actions.transaction import Transaction
from treno_chat.domain.ids import new_id
from treno_chat.domain.places import (
    Place,
    PlaceKind,
    RoomKind,
    read_name,
    read_slug,
    read_timezone,
)
from treno_chat.domain.refusals import Conflict
from treno_chat.domain.talk.events import RoomsChanged
from treno_chat.stores.talk import places, rooms

DEMO_SLUG = "treno-lucca-aulla"
DEMO_NAME = "Treno Lucca–Aulla"
DEMO_ROOMS = (
    ("annunci", "Annunci", RoomKind.ANNOUNCEMENTS),
    ("treno", DEMO_NAME, RoomKind.GENERAL),
)
MAIN_ROOM = "chat"
ITALIAN_TIME = "Europe/Rome"


def add_place(
    tx: Transaction,
    slug: str,
    name: str,
    *,
    kind: PlaceKind,
    timezone: str = ITALIAN_TIME,
    announcements: str = "Annunci",
) -> Place:
    """Make a place with its two rooms: one for `announcements`, and one where everybody talks."""
    new_slug, new_name = read_slug(slug), read_name(name)
    if places.get(tx.db, new_slug) is not None:
        raise Conflict("slug_taken", field="slug")
    place = _make(tx, new_slug, new_name, kind=kind, timezone=read_timezone(timezone))
    made = ((announcements.lower(), announcements, RoomKind.ANNOUNCEMENTS),)
    for position, room in enumerate((*made, (MAIN_ROOM, new_name, RoomKind.GENERAL))):
        make_room(tx, place, *room, position=position)
    return place


def rename_place(tx: Transaction, slug: str, name: str) -> Place:
    """Give a place another name; a room that is called like the place goes along."""
    place, new_name = place_named(tx, slug), read_name(name)
    places.rename(tx.db, place.id, new_name)
    for room in rooms.of_place(tx.db, place.id):
        if room.name == place.name:
            rooms.rename(tx.db, room.id, new_name)
    tx.outbox.append(RoomsChanged(place_id=place.id))
    return places.find(tx.db, place.id)


def keep_words(tx: Transaction, slug: str, *, hours: int) -> Place:
    """Keep what is said at a place from now on for so long."""
    place = place_named(tx, slug)
    places.keep(tx.db, place.id, timedelta(hours=hours))
    return places.find(tx.db, place.id)


def make_demo_place(tx: Transaction) -> Place:
    """Make sure that the demo place and its rooms are there; what exists stays as it is."""
    place = places.get(tx.db, DEMO_SLUG)
    if place is None:
        place = _make(tx, DEMO_SLUG, DEMO_NAME, kind=PlaceKind.TRAIN, timezone=ITALIAN_TIME)
    there = {room.slug for room in rooms.of_place(tx.db, place.id)}
    for position, room in enumerate(DEMO_ROOMS):
        if room[0] not in there:
            make_room(tx, place, *room, position=position)
    return place


def _make(tx: Transaction, slug: str, name: str, *, kind: PlaceKind, timezone: str) -> Place:
    place = Place(
        id=new_id(),
        slug=slug,
        name=name,
        kind=kind,
        timezone=timezone,
        retention=tx.policy.retention,
        guest_grace=tx.policy.guest_grace,
    )
    places.add(tx.db, place, created_at=tx.now)
    return place
