"""What is said in a room to the assistant, and all that is said there."""

from collections.abc import Callable
from uuid import uuid4

from treno_chat.actions.talk.rooms import newest_page
from treno_chat.actions.talk.sending import Draft, send_message
from treno_chat.actions.transaction import Transactions
from treno_chat.domain.door.sessions import Principal
from treno_chat.domain.places import Room
from treno_chat.domain.talk.messages import Message

WIFI = "@treno come si chiama la rete Wi-Fi?"
Answers = Callable[[], list[str]]


def say(transactions: Transactions, who: Principal, room: Room, text: str) -> Message:
    """Say something in the room."""
    with transactions.writing(in_turn=room.id) as tx:
        return send_message(tx, who, room.id, Draft(text=text, client_id=str(uuid4())))


def said(transactions: Transactions, who: Principal, room: Room) -> list[Message]:
    """Return what the room shows to somebody."""
    with transactions.reading() as tx:
        return list(newest_page(tx, who, room.id).page.messages)
