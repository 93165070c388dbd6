"""Saying something in a room, saying it differently, taking it back, and reading on."""

import uuid
from dataclasses import dataclass, replace
from typing import NoReturn

from treno_chat.actions.access import OpenRoom, access_room
from treno_chat.actions.transaction import Transaction
from treno_chat.domain.bodies import clean_body
from treno_chat.domain.events import AnnouncementMade, MessageEdited, MessageSent
from treno_chat.domain.ids import RoomId, new_id
from treno_chat.domain.messages import (
    CATCH_UP_LIMIT,
    Author,
    CatchUp,
    Message,
    MessageKind,
    NextPage,
    Page,
)
from treno_chat.domain.places import RoomKind
from treno_chat.domain.refusals import Forbidden, Invalid, NotFound, Unavailable
from treno_chat.domain.sessions import Principal
from treno_chat.stores import history, messages, rooms

REMOVED_RANGE = 1000


@dataclass(frozen=True, kw_only=True, slots=True)
class Draft:
    """What a person wants to say; `client_id` makes a repetition harmless."""

    text: str
    client_id: str


def send_message(tx: Transaction, principal: Principal, room_id: RoomId, draft: Draft) -> Message:
    """Say something in a room; saying it again under the same client id changes nothing.

    The retry is answered before anything else is asked: what was once taken stays taken, even
    if its author could not write here any more.
    """
    at = access_room(tx, principal, room_id)
    _require_client_id(draft.client_id)
    sent = _sent_before(tx, principal, at, draft)
    if sent is not None:
        return sent
    _require_can_write(at)
    message = messages.append(
        tx.db,
        _compose(tx, principal, at, draft),
        visit_id=at.visit_id,
        expires_at=tx.now + at.place.retention,
    )
    if message is None:
        # The same draft came by another way and was faster.
        return _sent_before(tx, principal, at, draft) or _give_up()
    tx.outbox.append(MessageSent(message=message))
    if at.room.kind is RoomKind.ANNOUNCEMENTS:
        tx.outbox.append(AnnouncementMade(place_id=at.place.id))
    return message


def edit_message(
    tx: Transaction, principal: Principal, room_id: RoomId, seq: int, text: str
) -> Message:
    """Let an author say it differently, as long as the window is open."""
    at = access_room(tx, principal, room_id)
    message = _existing(tx, at, seq)
    if not _is_own(message, principal):
        raise Forbidden("forbidden")
    _require_can_write(at)
    if tx.now - message.sent_at >= tx.policy.edit_window:
        raise Forbidden("too_late")
    body = clean_body(text)
    if body == message.body:
        return message
    rev = rooms.take_rev(tx.db, room_id)
    edited = replace(message, rev=rev, body=body, edited_at=tx.now)
    if not messages.change(tx.db, edited):
        raise _not_found()
    tx.outbox.append(MessageEdited(message=edited))
    return edited


def delete_message(tx: Transaction, principal: Principal, room_id: RoomId, seq: int) -> None:
    """Let an author take a message back, or staff remove it; a tombstone stays."""
    at = access_room(tx, principal, room_id)
    message = _existing(tx, at, seq)
    if not (at.is_staff or _is_own(message, principal)):
        raise Forbidden("forbidden")
    rev = rooms.take_rev(tx.db, room_id)
    tombstone = replace(message, rev=rev, removed_at=tx.now, author=None, body="")
    if not messages.empty(tx.db, tombstone):
        raise _not_found()
    tx.outbox.append(MessageEdited(message=tombstone))


def older_page(tx: Transaction, principal: Principal, room_id: RoomId, before_seq: int) -> Page:
    """Return the page of history that lies before `before_seq`."""
    at = access_room(tx, principal, room_id)
    return history.page_before(
        tx.db, at.room, place=at.place, now=tx.now, before_seq=min(before_seq, at.room.last_seq + 1)
    )


def newer_page(tx: Transaction, principal: Principal, room_id: RoomId, after_seq: int) -> NextPage:
    """Return the page of history that follows `after_seq`, for who reads their way back down."""
    at = access_room(tx, principal, room_id)
    return history.page_after(
        tx.db, at.room, place=at.place, now=tx.now, after_seq=min(after_seq, at.room.last_seq)
    )


def catch_up(
    tx: Transaction, principal: Principal, room_id: RoomId, *, last_rev: int, first_seq: int
) -> CatchUp:
    """Tell a reader what changed since `last_rev`, and what is gone from `first_seq` on.

    The room is read first: what is found after it may be newer than `through_rev`, never older.
    A reader who knows of more changes than there were has talked to another database.
    """
    at = access_room(tx, principal, room_id)
    changes = history.changes_since(
        tx.db,
        at.room,
        min(last_rev, at.room.last_rev),
        place=at.place,
        now=tx.now,
        limit=CATCH_UP_LIMIT + 1,
    )
    too_far = last_rev > at.room.last_rev or len(changes) > CATCH_UP_LIMIT
    return CatchUp(
        changes=() if too_far else changes,
        removed=() if too_far else _removed_since(tx, at, first_seq),
        through_rev=at.room.last_rev,
        through_seq=at.room.last_seq,
        too_far=too_far,
    )


def _removed_since(tx: Transaction, at: OpenRoom, first_seq: int) -> tuple[int, ...]:
    last = at.room.last_seq
    first = max(first_seq, last - REMOVED_RANGE + 1, 1)
    there = history.seqs_between(tx.db, at.room, first=first, last=last, place=at.place, now=tx.now)
    return tuple(seq for seq in range(first, last + 1) if seq not in there)


def _compose(tx: Transaction, principal: Principal, at: OpenRoom, draft: Draft) -> Message:
    user = principal.user
    return Message(
        id=new_id(),
        room_id=at.room.id,
        seq=0,
        rev=0,
        client_id=draft.client_id,
        kind=MessageKind.WORDS,
        author=Author(
            id=user.id,
            alias=user.alias,
            gender=user.gender,
            is_anonymous=user.is_anonymous,
            is_staff=at.is_staff,
        ),
        body=clean_body(draft.text),
        sent_at=tx.now,
    )


def _sent_before(
    tx: Transaction, principal: Principal, at: OpenRoom, draft: Draft
) -> Message | None:
    sent = messages.get_sent(tx.db, principal.user.id, draft.client_id, place=at.place, now=tx.now)
    if sent is not None and sent.room_id != at.room.id:
        raise Invalid("bad_request", field="client_id")
    return sent


def _existing(tx: Transaction, at: OpenRoom, seq: int) -> Message:
    message = messages.get(tx.db, at.room.id, seq, place=at.place, now=tx.now)
    if message is None or message.removed_at is not None:
        raise _not_found()
    return message


def _is_own(message: Message, principal: Principal) -> bool:
    return message.author is not None and message.author.id == principal.user.id


def _require_can_write(at: OpenRoom) -> None:
    if not at.can_write:
        raise Forbidden("staff_only")


def _require_client_id(text: str) -> None:
    try:
        is_plain = str(uuid.UUID(text)) == text
    except ValueError:
        is_plain = False
    if not is_plain:
        raise Invalid("bad_request", field="client_id")


def _not_found() -> NotFound:
    return NotFound("not_found")


def _give_up() -> NoReturn:
    # Refused by the database, yet nothing of ours is there: the person was deleted meanwhile.
    raise Unavailable("unavailable")
