"""What the lists say of each room of a place: its last message, and what is unread in it."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement
from sqlalchemy.orm import aliased
from sqlmodel import Session, and_, col, func, select

from treno_chat.domain.ids import RoomId, UserId
from treno_chat.domain.places import Place
from treno_chat.domain.talk.messages import Message
from treno_chat.domain.talk.previews import MAX_UNREAD, RoomNews, RoomPreview
from treno_chat.stores import tables
from treno_chat.stores.talk.keeping import still_kept
from treno_chat.stores.talk.messages import to_message
from treno_chat.stores.talk.rooms import to_room


def previews(
    db: Session, place: Place, user_id: UserId, *, now: datetime
) -> tuple[RoomPreview, ...]:
    """Return each room of a place with its last message and what is unread, in one query."""
    readable = _readable(place, now)
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
        .outerjoin(last, _is_newest(last, readable))
        .where(tables.Room.place_id == place.id)
        .order_by(col(tables.Room.position))
        .execution_options(populate_existing=True)
    )
    return tuple(_preview(*found) for found in db.exec(query).all())


def news_of(
    db: Session, place: Place, room_ids: Collection[RoomId], *, now: datetime
) -> tuple[RoomNews, ...]:
    """Return those of the rooms that a place has, each with its last message, in one query."""
    last = aliased(tables.Message)
    query = (
        select(tables.Room, last)
        .outerjoin(last, _is_newest(last, _readable(place, now)))
        .where(col(tables.Room.id).in_(room_ids), tables.Room.place_id == place.id)
        .order_by(col(tables.Room.position))
        .execution_options(populate_existing=True)
    )
    return tuple(
        RoomNews(room=to_room(room), last_message=_message(said))
        for room, said in db.exec(query).all()
    )


def _readable(place: Place, now: datetime) -> ColumnElement[bool]:
    """Return the condition that a message of the room at hand is there to be read."""
    return and_(
        col(tables.Message.room_id) == col(tables.Room.id),
        col(tables.Message.removed_at).is_(None),
        still_kept(place, now),
    )


def _is_newest(last: type[tables.Message], readable: ColumnElement[bool]) -> ColumnElement[bool]:
    newest = (
        select(tables.Message.seq)
        .where(readable)
        .order_by(col(tables.Message.seq).desc())
        .limit(1)
        .correlate(tables.Room)
        .scalar_subquery()
    )
    return and_(col(last.room_id) == col(tables.Room.id), col(last.seq) == newest)


def _preview(
    room: tables.Room, message: tables.Message | None, read_seq: int, unread: int
) -> RoomPreview:
    return RoomPreview(
        room=to_room(room),
        last_message=_message(message),
        last_read_seq=read_seq,
        unread=unread,
    )


def _message(row: tables.Message | None) -> Message | None:
    return None if row is None else to_message(row)
