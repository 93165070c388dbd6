"""Challenges in the database: each is taken once, by deleting it."""

from dataclasses import asdict
from datetime import datetime

from sqlalchemy import bindparam
from sqlmodel import Session, col, delete, insert

from treno_chat.domain.door.passkeys import Ceremony, Challenge
from treno_chat.stores import tables

_challenge = tables.metadata.tables["challenge"]
# Built once, and of columns: every ceremony begins and ends with these.
_ADD = insert(_challenge)
_TAKE = (
    delete(_challenge)
    .where(_challenge.c.handle_hash == bindparam("handle"))
    .returning(*_challenge.c)
)


def add(db: Session, challenge: Challenge) -> None:
    """Store a challenge that was just given out."""
    db.connection().execute(_ADD, asdict(challenge))


def take(db: Session, handle_hash: str) -> Challenge | None:
    """Delete a challenge and return it: of two who try at once, one gets it (S49)."""
    row = db.connection().execute(_TAKE, {"handle": handle_hash}).first()
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
