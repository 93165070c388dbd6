"""Notices in the database."""

from datetime import datetime

from sqlmodel import Session, col, delete, select, update

from treno_chat.domain.door.notices import Notice, NoticeKind
from treno_chat.domain.ids import UserId
from treno_chat.stores import tables


def add(db: Session, user_id: UserId, notice: Notice) -> None:
    """Store a notice for a person."""
    row = tables.Notice(
        id=notice.id,
        user_id=user_id,
        kind=notice.kind,
        subject=notice.subject,
        made_at=notice.made_at,
        read_at=notice.read_at,
    )
    db.add(row)
    db.flush()


def unread(db: Session, user_id: UserId) -> list[Notice]:
    """Return what a person has not put away yet, the newest first."""
    query = (
        select(tables.Notice)
        .where(tables.Notice.user_id == user_id, col(tables.Notice.read_at).is_(None))
        .order_by(col(tables.Notice.made_at).desc(), col(tables.Notice.id).desc())
    )
    return [_notice(row) for row in db.exec(query).all()]


def mark_read(db: Session, user_id: UserId, notice_id: str, *, at: datetime) -> bool:
    """Put a notice away; False when it is not theirs, or put away already."""
    query = (
        update(tables.Notice)
        .where(
            col(tables.Notice.id) == notice_id,
            col(tables.Notice.user_id) == user_id,
            col(tables.Notice.read_at).is_(None),
        )
        .values(read_at=at)
    )
    return db.exec(query).rowcount == 1


def remove(db: Session, user_id: UserId, *, kind: NoticeKind, subject: str) -> None:
    """Delete notices whose matter is settled."""
    query = delete(tables.Notice).where(
        col(tables.Notice.user_id) == user_id,
        col(tables.Notice.kind) == kind,
        col(tables.Notice.subject) == subject,
    )
    db.exec(query)


def _notice(row: tables.Notice) -> Notice:
    return Notice(
        id=row.id,
        kind=NoticeKind(row.kind),
        subject=row.subject,
        made_at=row.made_at,
        read_at=row.read_at,
    )
