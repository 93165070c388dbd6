"""Saying it differently, taking it back, and reading on."""

from dataclasses import replace

from treno_chat.actions.talk.access import OpenRoom, access_room, require_can_write
from treno_chat.actions.transaction import Transaction
from treno_chat.domain.door.sessions import Principal
from treno_chat.domain.ids import RoomId
from treno_chat.domain.refusals import Forbidden, NotFound
from treno_chat.domain.talk.bodies import clean_body
from treno_chat.domain.talk.events import MessageEdited
from treno_chat.domain.talk.messages import (
    CATCH_UP_LIMIT,
    PAGE_SIZE,
    CatchUp,
    Message,
    NextPage,
    Page,
)
from treno_chat.stores.talk import history, messages, rooms

REMOVED_RANGE = 1000


def edit_message(
    tx: Transaction, principal: Principal, room_id: RoomId, seq: int, text: str
) -> Message:
    """Let an author say it differently, as long as the window is open."""
    at = access_room(tx, principal, room_id)
    message = _existing(tx, at, seq)
    if not _is_own(message, principal):
        raise Forbidden("forbidden")
    require_can_write(at)
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


def older_page(
    tx: Transaction,
    principal: Principal,
    room_id: RoomId,
    before_seq: int,
    *,
    limit: int = PAGE_SIZE,
) -> Page:
    """Return the page of history that lies before `before_seq`."""
    at = access_room(tx, principal, room_id)
    return history.page_before(
        tx.db,
        at.room,
        place=at.place,
        now=tx.now,
        before_seq=min(before_seq, at.room.last_seq + 1),
        limit=limit,
    )


def newer_page(
    tx: Transaction,
    principal: Principal,
    room_id: RoomId,
    after_seq: int,
    *,
    limit: int = PAGE_SIZE,
) -> NextPage:
    """Return the page of history that follows `after_seq`, for who reads their way back down."""
    at = access_room(tx, principal, room_id)
    return history.page_after(
        tx.db,
        at.room,
        place=at.place,
        now=tx.now,
        after_seq=min(after_seq, at.room.last_seq),
        limit=limit,
    )


def catch_up(
    tx: Transaction,
    principal: Principal,
    room_id: RoomId,
    *,
    last_rev: int,
    first_seq: int,
    last_seq: int | None = None,
) -> CatchUp:
    """Tell a reader what changed since `last_rev`, and what is gone of `first_seq` to `last_seq`.

    The room is read first: what is found after it may be newer than `through_rev`, never older.
    A reader who knows of more changes than there were has talked to another database, and of one
    who may hold more than is looked through nobody can tell what is gone.
    """
    at = access_room(tx, principal, room_id)
    first = max(first_seq, 1)
    last = at.room.last_seq if last_seq is None else min(last_seq, at.room.last_seq)
    changes = history.changes_since(
        tx.db,
        at.room,
        min(last_rev, at.room.last_rev),
        place=at.place,
        now=tx.now,
        limit=CATCH_UP_LIMIT + 1,
    )
    is_much = len(changes) > CATCH_UP_LIMIT or last - first >= REMOVED_RANGE
    too_far = is_much or last_rev > at.room.last_rev
    return CatchUp(
        changes=() if too_far else changes,
        removed=() if too_far else _removed_between(tx, at, first, last),
        through_rev=at.room.last_rev,
        through_seq=at.room.last_seq,
        too_far=too_far,
    )


def _removed_between(tx: Transaction, at: OpenRoom, first: int, last: int) -> tuple[int, ...]:
    if first > last:
        return ()
    there = history.seqs_between(tx.db, at.room, first=first, last=last, place=at.place, now=tx.now)
    return tuple(seq for seq in range(first, last + 1) if seq not in there)


def _existing(tx: Transaction, at: OpenRoom, seq: int) -> Message:
    message = messages.get(tx.db, at.room.id, seq, place=at.place, now=tx.now)
    if message is None or message.removed_at is not None:
        raise _not_found()
    return message


def _is_own(message: Message, principal: Principal) -> bool:
    return message.author is not None and message.author.id == principal.user.id


def _not_found() -> NotFound:
    return NotFound("not_found")
