"""Auth events in the database: added, read, and deleted when their time is over; never changed."""

from datetime import datetime

from sqlmodel import Session, col, delete, func, select

from treno_chat.domain.auth_events import AuthEvent, AuthEventKind, Outcome
from treno_chat.domain.ids import UserId
from treno_chat.stores import tables


def add(db: Session, event: AuthEvent) -> None:
    """Store what happened."""
    row = tables.AuthEvent(
        id=event.id,
        at=event.at,
        kind=event.kind,
        outcome=event.outcome,
        user_id=event.user_id,
        session_id=event.session_id,
        address=event.address,
        detail=event.detail,
    )
    db.add(row)
    db.flush()


def of_user(db: Session, user_id: UserId) -> tuple[AuthEvent, ...]:
    """Return what is kept about a person, oldest first."""
    query = (
        select(tables.AuthEvent)
        .where(tables.AuthEvent.user_id == user_id)
        .order_by(col(tables.AuthEvent.at), col(tables.AuthEvent.id))
    )
    return tuple(_event(row) for row in db.exec(query).all())


def clock(db: Session) -> datetime:
    """Return the time as the database has it: its own rule of what is too young goes by that."""
    return db.exec(select(func.current_timestamp(type_=tables.UtcTime()))).one()


def remove_before(db: Session, end: datetime) -> int:
    """Delete what happened before a time, and return how much that was."""
    return db.exec(delete(tables.AuthEvent).where(col(tables.AuthEvent.at) < end)).rowcount


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
