"""Announcements: what the operator tells a place."""

from treno_chat.actions.door.visits import place_named
from treno_chat.actions.transaction import Transaction
from treno_chat.domain.ids import new_id
from treno_chat.domain.places import Place, Room, RoomKind
from treno_chat.domain.refusals import NotFound
from treno_chat.domain.talk.bodies import clean_body
from treno_chat.domain.talk.events import MessageSent
from treno_chat.domain.talk.messages import Message, MessageKind
from treno_chat.stores.talk import messages, rooms


def announce(tx: Transaction, place_slug: str, text: str) -> Message:
    """Say something in the announcement room of a place, as a line of the room itself."""
    body = clean_body(text)
    place = place_named(tx, place_slug)
    room = _announcement_room(tx, place)
    seq, rev = rooms.take_seqs(tx.db, {room.id: 1})[room.id]
    message = Message(
        id=new_id(),
        room_id=room.id,
        seq=seq,
        rev=rev,
        client_id=new_id(),
        kind=MessageKind.SYSTEM,
        author=None,
        body=body,
        sent_at=tx.now,
    )
    messages.add(tx.db, message, visit_id=None, expires_at=tx.now + place.retention)
    tx.outbox.append(MessageSent(message=message))
    return message


def _announcement_room(tx: Transaction, place: Place) -> Room:
    for room in rooms.of_place(tx.db, place.id):
        if room.kind is RoomKind.ANNOUNCEMENTS:
            return room
    raise NotFound("announcements_not_found")
