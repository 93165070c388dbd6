"""Logins on their way through a provider, in the database: each is taken once, by deleting it."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, delete, select

from treno_chat.stores import tables


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """An attempt as it is kept, with what is secret sealed."""

    provider: str
    state_hash: str
    nonce: str
    verifier_sealed: bytes
    session_id: str | None
    subject_sealed: bytes | None
    place_slug: str
    wish: str
    expires_at: datetime


def add(db: Session, handle_hash: str, row: Row) -> None:
    """Store an attempt that has just begun."""
    kept = tables.ExternalAttempt(
        handle_hash=handle_hash,
        provider=row.provider,
        state_hash=row.state_hash,
        nonce=row.nonce,
        verifier_sealed=row.verifier_sealed,
        session_id=row.session_id,
        subject_sealed=row.subject_sealed,
        place_slug=row.place_slug,
        wish=row.wish,
        expires_at=row.expires_at,
    )
    db.add(kept)
    db.flush()


def place_of(db: Session, handle_hash: str) -> str | None:
    """Return where whoever holds this wants to come in."""
    query = select(tables.ExternalAttempt.place_slug).where(
        tables.ExternalAttempt.handle_hash == handle_hash
    )
    return db.exec(query).first()


def take(db: Session, handle_hash: str) -> Row | None:
    """Delete an attempt and return it: of two who try at once, one gets it (S49)."""
    query = (
        delete(tables.ExternalAttempt)
        .where(col(tables.ExternalAttempt.handle_hash) == handle_hash)
        .returning(tables.ExternalAttempt)
    )
    row = db.scalars(query).first()
    if row is None:
        return None
    return Row(
        provider=row.provider,
        state_hash=row.state_hash,
        nonce=row.nonce,
        verifier_sealed=row.verifier_sealed,
        session_id=row.session_id,
        subject_sealed=row.subject_sealed,
        place_slug=row.place_slug,
        wish=row.wish,
        expires_at=row.expires_at,
    )


def remove_expired(db: Session, *, now: datetime) -> int:
    """Delete the attempts that nobody finished in time, and count them."""
    query = delete(tables.ExternalAttempt).where(col(tables.ExternalAttempt.expires_at) <= now)
    return db.exec(query).rowcount
