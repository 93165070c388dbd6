"""Auth events in the database: added, read, and deleted when their time is over; never changed."""

from dataclasses import asdict
from datetime import datetime

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, delete, func, insert, select

from treno_chat.domain.ids import SessionId, UserId
from treno_chat.domain.operations.auth_events import AuthEvent, AuthEventKind, Outcome
from treno_chat.stores import tables

_ADD = insert(tables.metadata.tables["authevent"])  # built once: whatever happens is written down


def add(db: Session, event: AuthEvent) -> None:
    """Store what happened."""
    db.connection().execute(_ADD, asdict(event))


def of_user(db: Session, user_id: UserId) -> tuple[AuthEvent, ...]:
    """Return what is kept about a person, oldest first."""
    return _where(db, col(tables.AuthEvent.user_id) == user_id)


def of_session(db: Session, session_id: SessionId) -> tuple[AuthEvent, ...]:
    """Return what is kept about a session, oldest first."""
    return _where(db, col(tables.AuthEvent.session_id) == session_id)


def clock(db: Session) -> datetime:
    """Return the time as the database has it: its own rule of what is too young goes by that."""
    return db.exec(select(func.current_timestamp(type_=tables.UtcTime()))).one()


def remove_before(db: Session, end: datetime) -> int:
    """Delete what happened before a time, and return how much that was."""
    return db.exec(delete(tables.AuthEvent).where(col(tables.AuthEvent.at) < end)).rowcount


def _where(db: Session, is_meant: ColumnElement[bool]) -> tuple[AuthEvent, ...]:
    query = select(tables.AuthEvent).where(is_meant)
    rows = db.exec(query.order_by(col(tables.AuthEvent.at), col(tables.AuthEvent.id))).all()
    return tuple(_event(row) for row in rows)


def _event(row: tables.AuthEvent) -> AuthEvent:
    return AuthEvent(
        id=row.id,
        at=row.at,
        kind=AuthEventKind(row.kind),
        outcome=Outcome(row.outcome),
        user_id=row.user_id,
        session_id=row.session_id,
        address=row.address,
        detail=row.detail,
    )
