"""Making places."""

from treno_chat.actions.transaction import Transaction
from treno_chat.domain.ids import new_id
from treno_chat.domain.places import Place, PlaceKind, Room, RoomKind
from treno_chat.stores.talk import places, rooms

DEMO_SLUG = "treno-lucca-aulla"
DEMO_NAME = "Treno Lucca–Aulla"
DEMO_ROOMS = (
    ("annunci", "Annunci", RoomKind.ANNOUNCEMENTS),
    ("treno", DEMO_NAME, RoomKind.GENERAL),
)


def make_demo_place(tx: Transaction) -> Place:
    """Make sure that the demo place and its rooms are there; what exists stays as it is."""
    place = places.get(tx.db, DEMO_SLUG) or _add_demo_place(tx)
    there = {room.slug for room in rooms.of_place(tx.db, place.id)}
    for position, (slug, name, kind) in enumerate(DEMO_ROOMS):
        if slug not in there:
            room = Room(
                id=new_id(),
                place_id=place.id,
                slug=slug,
                name=name,
                kind=kind,
                last_seq=0,
                last_rev=0,
            )
            rooms.add(tx.db, room, position=position)
    return place


def _add_demo_place(tx: Transaction) -> Place:
    place = Place(
        id=new_id(),
        slug=DEMO_SLUG,
        name=DEMO_NAME,
        kind=PlaceKind.TRAIN,
        timezone="Europe/Rome",
        retention=tx.policy.retention,
        guest_grace=tx.policy.guest_grace,
    )
    places.add(tx.db, place, created_at=tx.now)
    return place
