"""Memberships in the database: who has opened which room, and how far they have read."""

from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select, update

from treno_chat.domain.ids import RoomId, UserId
from treno_chat.stores import tables


def last_read_seq(db: Session, user_id: UserId, room_id: RoomId) -> int | None:
    """Return how far a person has read; None when they have never opened the room."""
    query = select(tables.Membership.last_read_seq).where(
        tables.Membership.user_id == user_id, tables.Membership.room_id == room_id
    )
    return db.exec(query).first()


def add(
    db: Session, user_id: UserId, room_id: RoomId, *, read_seq: int, joined_at: datetime
) -> bool:
    """Store that a person opened a room; when another tab was faster, that is as good.

    False when there is no such room any more.
    """
    row = tables.Membership(
        user_id=user_id, room_id=room_id, last_read_seq=read_seq, joined_at=joined_at
    )
    try:
        with db.begin_nested():
            db.add(row)
    except IntegrityError:
        return last_read_seq(db, user_id, room_id) is not None
    return True


def read_up_to(db: Session, user_id: UserId, room_id: RoomId, *, seq: int) -> None:
    """Move the read position forward, never back."""
    query = update(tables.Membership).where(
        col(tables.Membership.user_id) == user_id,
        col(tables.Membership.room_id) == room_id,
        col(tables.Membership.last_read_seq) < seq,
    )
    db.exec(query.values(last_read_seq=seq).execution_options(synchronize_session=False))
