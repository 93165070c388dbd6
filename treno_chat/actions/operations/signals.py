"""Signals: what the command line did, heard by the running servers within a second."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import timedelta

from treno_chat.actions.transaction import Announce, Clock, Transaction, utc_now
from treno_chat.domain.assistant.events import DeskChanged
from treno_chat.domain.ids import RoomId
from treno_chat.domain.talk.events import (
    Event,
    GuideChanged,
    MessageEdited,
    MessageSent,
    MessagesGone,
    NoticeGiven,
    RoomsChanged,
    SessionEnded,
    SessionUpgraded,
    StaffChanged,
)
from treno_chat.domain.talk.messages import Message
from treno_chat.stores.database import Database
from treno_chat.stores.operations import signals
from treno_chat.stores.operations.signals import Word
from treno_chat.stores.talk import messages, rooms

KEPT_FOR = timedelta(hours=1)

_OF_A_MESSAGE = {kind.__name__: kind for kind in (MessageSent, MessageEdited)}
_OF_IDS = {
    kind.__name__: kind
    for kind in (
        SessionEnded,
        SessionUpgraded,
        StaffChanged,
        RoomsChanged,
        GuideChanged,
    )
}


def announce_by_signal(database: Database, clock: Clock = utc_now) -> Announce:
    """Return the port of a process without listeners: its events are left for those that have."""

    def announce(events: Sequence[Event]) -> None:
        with database.writing() as db:
            signals.add(db, [_word(event) for event in events], sent_at=clock())

    return announce


def read_signals(tx: Transaction, after_id: str) -> tuple[tuple[Event, ...], str]:
    """Return what happened after `after_id`, and the id to go on from.

    A reader that begins, with "", hears only what comes after.
    """
    if not after_id:
        return (), signals.newest_id(tx.db)
    heard = signals.page_after(tx.db, after_id)
    events = (_event(tx, signal.word) for signal in heard)
    last_id = heard[-1].id if heard else after_id
    return tuple(event for event in events if event is not None), last_id


def sweep_signals(tx: Transaction) -> int:
    """Delete the signals that everybody has heard by now, and say how many."""
    return signals.remove_sent_before(tx.db, tx.now - KEPT_FOR)


def _word(event: Event) -> Word:
    match event:
        case MessageSent(message=message) | MessageEdited(message=message):
            # Only where it is: what is said has its own row, and may be gone when it is looked up.
            payload = {"room_id": message.room_id, "seq": message.seq}
        case _:
            payload = asdict(event)
    return Word(kind=type(event).__name__, payload=payload)


def _event(tx: Transaction, word: Word) -> Event | None:
    ids = word.payload
    if word.kind in _OF_A_MESSAGE:
        message = _message(tx, **ids)
        # What was taken back meanwhile is not told as news; that it was taken back is.
        is_stale = message is None or (word.kind == "MessageSent" and message.removed_at)
        return None if message is None or is_stale else _OF_A_MESSAGE[word.kind](message=message)
    if word.kind == "NoticeGiven":
        return NoticeGiven(user_id=ids["user_id"], session_ids=tuple(ids["session_ids"]))
    if word.kind == "DeskChanged":
        return DeskChanged(place_slug=ids["place_slug"], staff_ids=tuple(ids["staff_ids"]))
    if word.kind == "MessagesGone":
        return MessagesGone(room_id=ids["room_id"], seqs=tuple(ids["seqs"]), rev=ids["rev"])
    # A newer command line may know words that this server does not: those pass unheard.
    kind = _OF_IDS.get(word.kind)
    return None if kind is None else kind(**ids)


def _message(tx: Transaction, *, room_id: RoomId, seq: int) -> Message | None:
    found = rooms.get(tx.db, room_id)
    if found is None:
        return None
    _, place = found
    return messages.get(tx.db, room_id, seq, place=place, now=tx.now)
