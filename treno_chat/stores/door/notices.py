"""Notices in the database."""

from datetime import datetime

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, delete, exists, func, select, update

from treno_chat.domain.door.notices import Notice, NoticeKind
from treno_chat.domain.ids import SessionId, UserId
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


def unread(db: Session, user_id: UserId, *, session_id: SessionId) -> list[Notice]:
    """Return what a person was told and has not put away in this session, the newest first."""
    is_put_away = exists().where(
        col(tables.NoticeMark.notice_id) == col(tables.Notice.id),
        col(tables.NoticeMark.session_id) == session_id,
    )
    query = (
        select(tables.Notice)
        .where(tables.Notice.user_id == user_id, ~is_put_away)
        .order_by(col(tables.Notice.made_at).desc(), col(tables.Notice.id).desc())
    )
    return [_notice(row) for row in db.exec(query).all()]


def mark_read(
    db: Session, user_id: UserId, notice_id: str, *, session_id: SessionId, at: datetime
) -> bool:
    """Put a notice away in this session; False when it is not theirs."""
    query = (
        update(tables.Notice)
        .where(col(tables.Notice.id) == notice_id, col(tables.Notice.user_id) == user_id)
        .values(read_at=func.coalesce(col(tables.Notice.read_at), at))
    )
    if db.exec(query).rowcount != 1:
        return False
    is_postgres = db.get_bind().dialect.name == "postgresql"
    insert = postgresql.insert if is_postgres else sqlite.insert
    row = {"notice_id": notice_id, "session_id": session_id}
    db.connection().execute(insert(tables.NoticeMark).values(row).on_conflict_do_nothing())
    return True


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
