"""A second place, for people who have nothing to do with those on the train."""

from treno_chat.actions.transaction import Transactions
from treno_chat.domain.places import Place, PlaceKind, Room, RoomKind
from treno_chat.stores.talk import places, rooms

BEACH = "bagno-ines"


def make_beach(transactions: Transactions) -> None:
    """Make a beach with one room to talk in."""
    with transactions.writing() as tx:
        place = Place(
            id="beach",
            slug=BEACH,
            name="Bagno Ines",
            kind=PlaceKind.BEACH,
            timezone="Europe/Rome",
            retention=tx.policy.retention,
            guest_grace=tx.policy.guest_grace,
        )
        room = Room(
            id="shore",
            place_id=place.id,
            slug="riva",
            name="Riva",
            kind=RoomKind.GENERAL,
            last_seq=0,
            last_rev=0,
        )
        places.add(tx.db, place, created_at=tx.now)
        rooms.add(tx.db, room, position=0)
