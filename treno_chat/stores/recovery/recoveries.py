"""Recoveries in the database."""

from datetime import datetime

from sqlalchemy import ColumnElement
from sqlmodel import Session, and_, col, select, update

from treno_chat.domain.door.sessions import Device
from treno_chat.domain.ids import UserId
from treno_chat.domain.recovery.recoveries import Recovery
from treno_chat.stores import tables
from treno_chat.stores.door.login_sessions import MAX_USER_AGENT


def add(db: Session, recovery: Recovery) -> None:
    """Store a recovery that was just asked for."""
    row = tables.Recovery(
        id=recovery.id,
        user_id=recovery.user_id,
        handle_hash=recovery.handle_hash,
        address=recovery.device.address,
        user_agent=recovery.device.user_agent[:MAX_USER_AGENT],
        asked_at=recovery.asked_at,
        effective_at=recovery.effective_at,
        expires_at=recovery.expires_at,
        cancelled_at=recovery.cancelled_at,
    )
    db.add(row)
    db.flush()


def get(db: Session, handle_hash: str) -> Recovery | None:
    """Return the recovery of this browser, whatever became of it."""
    query = select(tables.Recovery).where(tables.Recovery.handle_hash == handle_hash)
    row = db.exec(query.execution_options(populate_existing=True)).first()
    return None if row is None else _recovery(row)


def pending(db: Session, user_id: UserId, *, now: datetime) -> list[Recovery]:
    """Return what could still let somebody in as this person, the oldest first."""
    query = select(tables.Recovery).where(tables.Recovery.user_id == user_id, _is_open(now))
    return [_recovery(row) for row in db.exec(query.order_by(col(tables.Recovery.id))).all()]


def cancel(db: Session, user_id: UserId, *, at: datetime) -> list[str]:
    """Call off what could still let somebody in as this person; return which those were."""
    query = (
        update(tables.Recovery)
        .where(col(tables.Recovery.user_id) == user_id, _is_open(at))
        .values(cancelled_at=at)
        .returning(col(tables.Recovery.id))
    )
    return sorted(db.scalars(query).all())


def use(db: Session, recovery_id: str, *, at: datetime) -> bool:
    """Use a recovery up; False when it was used, called off, or is not in force (S49)."""
    query = update(tables.Recovery).where(
        col(tables.Recovery.id) == recovery_id,
        col(tables.Recovery.effective_at) <= at,
        _is_open(at),
    )
    return db.exec(query.values(expires_at=at)).rowcount == 1


def _is_open(now: datetime) -> ColumnElement[bool]:
    return and_(col(tables.Recovery.cancelled_at).is_(None), col(tables.Recovery.expires_at) > now)


def _recovery(row: tables.Recovery) -> Recovery:
    return Recovery(
        id=row.id,
        user_id=row.user_id,
        handle_hash=row.handle_hash,
        device=Device(address=row.address, user_agent=row.user_agent),
        asked_at=row.asked_at,
        effective_at=row.effective_at,
        expires_at=row.expires_at,
        cancelled_at=row.cancelled_at,
    )
