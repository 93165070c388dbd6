"""What happens around the cast: people leave, register, become staff."""

from uuid import uuid4

from sqlmodel import col, select, update

from treno_chat.actions.talk.sending import Draft, send_message
from treno_chat.actions.transaction import Transaction
from treno_chat.domain.door.alias import skeleton_of
from treno_chat.domain.door.sessions import Principal
from treno_chat.domain.places import Room
from treno_chat.domain.talk.messages import Message, Page
from treno_chat.stores import tables
from treno_chat.stores.door import visits
from treno_chat.stores.talk import places, rooms

PLACE_SLUG = "treno-lucca-aulla"


def room_named(tx: Transaction, slug: str) -> Room:
    """Return a room of the train as it is now."""
    place = places.get(tx.db, PLACE_SLUG)
    assert place is not None
    return next(room for room in rooms.of_place(tx.db, place.id) if room.slug == slug)


def leave(tx: Transaction, person: Principal) -> None:
    """Let a person leave every place."""
    visits.close_all(tx.db, person.user.id, now=tx.now)


def register(tx: Transaction, person: Principal) -> None:
    """Let a guest be a registered person from now on, in the middle of the visit."""
    who = person.user.id
    query = update(tables.User).where(col(tables.User.id) == who)
    tx.db.exec(query.values(is_anonymous=False, registered_at=tx.now))
    query = update(tables.Visit).where(
        col(tables.Visit.user_id) == who, col(tables.Visit.left_at).is_(None)
    )
    tx.db.exec(query.values(ends_at=None))


def make_staff(tx: Transaction, person: Principal) -> None:
    """Let a person be staff of the train."""
    place_id = tx.db.exec(select(tables.Place.id).where(tables.Place.slug == PLACE_SLUG)).one()
    row = tables.StaffRole(
        user_id=person.user.id, place_id=place_id, role="staff", granted_at=tx.now
    )
    tx.db.add(row)
    tx.db.flush()


def wear(tx: Transaction, person: Principal, alias: str) -> None:
    """Let a person wear another alias, as a registered one may even when it is somebody's."""
    query = update(tables.User).where(col(tables.User.id) == person.user.id)
    tx.db.exec(query.values(alias=alias, alias_skeleton=skeleton_of(alias)))


def draft(text: str = "Ciao!") -> Draft:
    """Return something to say that was never said before."""
    return Draft(text=text, client_id=str(uuid4()))


def say(tx: Transaction, person: Principal, room: Room, *texts: str) -> list[Message]:
    """Let a person say things in a room."""
    return [send_message(tx, person, room.id, draft(text)) for text in texts]


def texts_of(page: Page) -> list[str]:
    """Return what a page says, in its order."""
    return [message.body for message in page.messages]
