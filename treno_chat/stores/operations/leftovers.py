"""Rows that serve nobody any more: found by their time alone, deleted, counted."""

from datetime import datetime

from sqlalchemy import ColumnElement
from sqlmodel import Session, SQLModel, col, delete, exists, or_, select

from treno_chat.stores import tables
from treno_chat.stores.door.login_sessions import is_live


def remove_recoveries(db: Session, *, over_before: datetime) -> int:
    """Delete the recoveries that ended, in whichever way, before a time."""
    return _remove(db, tables.Recovery, col(tables.Recovery.expires_at) <= over_before)


def remove_notices(db: Session, *, read_before: datetime, made_before: datetime) -> int:
    """Delete what was put away before a time, and what nobody came to read."""
    is_done = or_(
        col(tables.Notice.read_at) <= read_before, col(tables.Notice.made_at) <= made_before
    )
    return _remove(db, tables.Notice, is_done)


def remove_outbox(db: Session, *, made_before: datetime) -> int:
    """Delete what development would have sent before a time."""
    return _remove(db, tables.Outbox, col(tables.Outbox.made_at) <= made_before)


def remove_visits(db: Session, *, left_before: datetime, limit: int) -> int:
    """Delete visits that ended before a time, once no message needs them to vouch for it."""
    is_needed = exists().where(col(tables.Message.visit_id) == col(tables.Visit.id))
    query = select(tables.Visit.id).where(col(tables.Visit.left_at) <= left_before, ~is_needed)
    ids = db.exec(query.limit(limit)).all()
    return _remove(db, tables.Visit, col(tables.Visit.id).in_(ids)) if ids else 0


def remove_guests(db: Session, *, now: datetime, limit: int) -> int:
    """Delete the guests of whom nothing is left: no session, no visit, no message."""
    left = (
        exists().where(col(tables.LoginSession.user_id) == col(tables.User.id), is_live(now)),
        exists().where(col(tables.Visit.user_id) == col(tables.User.id)),
        exists().where(col(tables.Message.author_id) == col(tables.User.id)),
    )
    query = select(tables.User.id).where(
        col(tables.User.is_anonymous).is_(True), *(~one for one in left)
    )
    ids = db.exec(query.limit(limit)).all()
    return _remove(db, tables.User, col(tables.User.id).in_(ids)) if ids else 0


def _remove(db: Session, table: type[SQLModel], condition: ColumnElement[bool]) -> int:
    query = delete(table).where(condition).execution_options(synchronize_session=False)
    return db.exec(query).rowcount
