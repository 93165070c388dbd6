"""The history of a room: its pages, what changed in it, and the newest word of each room."""

from datetime import datetime

from sqlalchemy import ColumnElement
from sqlalchemy.orm import aliased
from sqlmodel import Session, and_, col, func, select

from treno_chat.domain.ids import UserId
from treno_chat.domain.places import Place, Room
from treno_chat.domain.talk.messages import PAGE_SIZE, Message, NextPage, Page
from treno_chat.domain.talk.previews import MAX_UNREAD, RoomPreview
from treno_chat.stores import tables
from treno_chat.stores.talk.keeping import still_kept
from treno_chat.stores.talk.messages import to_message
from treno_chat.stores.talk.rooms import to_room


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


def previews(
    db: Session, place: Place, user_id: UserId, *, now: datetime
) -> tuple[RoomPreview, ...]:
    """Return each room of a place with its last message and what is unread, in one query."""
    readable = and_(
        col(tables.Message.room_id) == col(tables.Room.id),
        col(tables.Message.removed_at).is_(None),
        still_kept(place, now),
    )
    newest = (
        select(tables.Message.seq)
        .where(readable)
        .order_by(col(tables.Message.seq).desc())
        .limit(1)
        .correlate(tables.Room)
        .scalar_subquery()
    )
    read_seq = func.coalesce(tables.Membership.last_read_seq, 0)
    unread = (
        select(tables.Message.id)
        .where(
            readable,
            col(tables.Message.seq) > read_seq,
            col(tables.Message.author_id).is_distinct_from(user_id),
        )
        .correlate(tables.Room, tables.Membership)
        .limit(MAX_UNREAD)
        .subquery()
    )
    last = aliased(tables.Message)
    query = (
        select(
            tables.Room,
            last,
            read_seq,
            select(func.count()).select_from(unread).scalar_subquery(),
        )
        .outerjoin(
            tables.Membership,
            and_(
                col(tables.Membership.room_id) == col(tables.Room.id),
                col(tables.Membership.user_id) == user_id,
            ),
        )
        .outerjoin(last, and_(col(last.room_id) == col(tables.Room.id), col(last.seq) == newest))
        .where(tables.Room.place_id == place.id)
        .order_by(col(tables.Room.position))
        .execution_options(populate_existing=True)
    )
    return tuple(_preview(*found) for found in db.exec(query).all())


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


def _preview(
    room: tables.Room, message: tables.Message | None, read_seq: int, unread: int
) -> RoomPreview:
    return RoomPreview(
        room=to_room(room),
        last_message=None if message is None else to_message(message),
        last_read_seq=read_seq,
        unread=unread,
    )
