"""The history of a room: its pages, what changed in it, and how much of it others said."""

from datetime import datetime

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, func, select

from treno_chat.domain.ids import UserId
from treno_chat.domain.places import Place, Room
from treno_chat.domain.talk.messages import PAGE_SIZE, Message, NextPage, Page
from treno_chat.stores import tables
from treno_chat.stores.talk.keeping import still_kept
from treno_chat.stores.talk.messages import to_message


def page_before(
    db: Session,
    room: Room,
    *,
    place: Place,
    now: datetime,
    before_seq: int | None = None,
    limit: int = PAGE_SIZE,
) -> Page:
    """Return the newest page of a room, oldest first, or the one before `before_seq`."""
    query = (
        select(tables.Message)
        .where(tables.Message.room_id == room.id, still_kept(place, now))
        .order_by(col(tables.Message.seq).desc())
        .limit(limit + 1)
        .execution_options(populate_existing=True)
    )
    if before_seq is not None:
        query = query.where(tables.Message.seq < before_seq)
    rows = db.exec(query).all()
    shown = tuple(to_message(row) for row in reversed(rows[:limit]))
    return Page(messages=shown, has_older=len(rows) > limit)


def page_after(
    db: Session,
    room: Room,
    *,
    place: Place,
    now: datetime,
    after_seq: int,
    limit: int = PAGE_SIZE,
) -> NextPage:
    """Return the page of a room that follows `after_seq`, oldest first."""
    query = (
        select(tables.Message)
        .where(
            tables.Message.room_id == room.id,
            tables.Message.seq > after_seq,
            still_kept(place, now),
        )
        .order_by(col(tables.Message.seq))
        .limit(limit + 1)
        .execution_options(populate_existing=True)
    )
    rows = db.exec(query).all()
    shown = tuple(to_message(row) for row in rows[:limit])
    return NextPage(messages=shown, has_newer=len(rows) > limit)


def changes_since(
    db: Session, room: Room, rev: int, *, place: Place, now: datetime, limit: int
) -> tuple[Message, ...]:
    """Return the messages that changed after `rev`, in the order of the changes."""
    query = (
        select(tables.Message)
        .where(tables.Message.room_id == room.id, tables.Message.rev > rev, still_kept(place, now))
        .order_by(col(tables.Message.rev))
        .limit(limit)
        .execution_options(populate_existing=True)
    )
    return tuple(to_message(row) for row in db.exec(query).all())


def count_of_others(
    db: Session, room: Room, user_id: UserId, *, place: Place, now: datetime, after_seq: int
) -> int:
    """Return how many messages of others lie after a seq; what was removed does not count."""
    query = select(func.count()).where(*_of_others(room, user_id, place, now, after_seq))
    return db.exec(query).one()


def first_of_others(
    db: Session, room: Room, user_id: UserId, *, place: Place, now: datetime, after_seq: int
) -> int | None:
    """Return the seq of the first message of others after a seq, None when there is none."""
    query = (
        select(tables.Message.seq)
        .where(*_of_others(room, user_id, place, now, after_seq))
        .order_by(col(tables.Message.seq))
        .limit(1)
    )
    return db.exec(query).first()


def seqs_between(
    db: Session, room: Room, *, first: int, last: int, place: Place, now: datetime
) -> frozenset[int]:
    """Return the seqs, both ends included, under which there is a message or a tombstone."""
    query = select(tables.Message.seq).where(
        tables.Message.room_id == room.id,
        tables.Message.seq >= first,
        tables.Message.seq <= last,
        still_kept(place, now),
    )
    return frozenset(db.exec(query).all())


def _of_others(
    room: Room, user_id: UserId, place: Place, now: datetime, after_seq: int
) -> tuple[ColumnElement[bool], ...]:
    return (
        col(tables.Message.room_id) == room.id,
        col(tables.Message.seq) > after_seq,
        col(tables.Message.removed_at).is_(None),
        col(tables.Message.author_id).is_distinct_from(user_id),
        still_kept(place, now),
    )
