"""Challenges in the database: each is taken once, by deleting it."""

from datetime import datetime

from sqlmodel import Session, col, delete

from treno_chat.domain.door.passkeys import Ceremony, Challenge
from treno_chat.stores import tables


def add(db: Session, challenge: Challenge) -> None:
    """Store a challenge that was just given out."""
    row = tables.Challenge(
        id=challenge.id,
        handle_hash=challenge.handle_hash,
        ceremony=challenge.ceremony,
        challenge=challenge.challenge,
        session_id=challenge.session_id,
        user_id=challenge.user_id,
        sign_up=challenge.sign_up,
        expires_at=challenge.expires_at,
    )
    db.add(row)
    db.flush()


def take(db: Session, handle_hash: str) -> Challenge | None:
    """Delete a challenge and return it: of two who try at once, one gets it (S49)."""
    query = (
        delete(tables.Challenge)
        .where(col(tables.Challenge.handle_hash) == handle_hash)
        .returning(tables.Challenge)
    )
    row = db.scalars(query).first()
    if row is None:
        return None
    return Challenge(
        id=row.id,
        handle_hash=row.handle_hash,
        ceremony=Ceremony(row.ceremony),
        challenge=row.challenge,
        session_id=row.session_id,
        user_id=row.user_id,
        sign_up=row.sign_up,
        expires_at=row.expires_at,
    )


def remove_expired(db: Session, *, now: datetime) -> int:
    """Forget the challenges that nobody answered in time, and return how many those were."""
    query = delete(tables.Challenge).where(col(tables.Challenge.expires_at) <= now)
    return db.exec(query).rowcount
