"""Codes by SMS in the database, each only ever known by its keyed hash."""

from datetime import datetime
from typing import Any, cast

from sqlalchemy import func
from sqlmodel import Session, col, delete, or_, select, text, update

from treno_chat.domain.ids import UserId
from treno_chat.domain.recovery.codes import Purpose, Verification
from treno_chat.stores import tables

TURN = text("SELECT pg_advisory_xact_lock(hashtext('treno-chat codes'))")


def take_turn(db: Session) -> None:
    """Let nobody else send or try a code until this unit is over.

    What is counted is many rows, and two who count at once would both see room for one more.
    SQLite has one writer anyhow.
    """
    if db.get_bind().dialect.name == "postgresql":
        db.connection().execute(TURN)


def add(db: Session, verification: Verification) -> None:
    """Store a code that is about to be sent."""
    db.add(
        tables.Verification(
            id=verification.id,
            handle_hash=verification.handle_hash,
            purpose=verification.purpose,
            user_id=verification.user_id,
            session_id=verification.session_id,
            phone_sealed=verification.phone_sealed,
            phone_fingerprint=verification.phone_fingerprint,
            prefix=verification.prefix,
            network=verification.network,
            is_decoy=verification.is_decoy,
            code_hash=verification.code_hash,
            tries_left=verification.tries_left,
            sent_at=verification.sent_at,
            expires_at=verification.expires_at,
            proven_at=verification.proven_at,
        )
    )
    db.flush()


def get(db: Session, handle_hash: str) -> Verification | None:
    """Return what this browser was given, whatever became of it."""
    query = select(tables.Verification).where(tables.Verification.handle_hash == handle_hash)
    row = db.exec(query.execution_options(populate_existing=True)).first()
    return None if row is None else _verification(row)


def sent_to(
    db: Session, phone_fingerprint: str, *, user_id: UserId | None, since: datetime
) -> list[datetime]:
    """Return when codes were sent to a number, or would have been if it were somebody's.

    With those that an account had sent to whichever number: nobody tries one after another.
    """
    is_counted = col(tables.Verification.phone_fingerprint) == phone_fingerprint
    if user_id is not None:
        is_counted = or_(is_counted, col(tables.Verification.user_id) == user_id)
    query = select(tables.Verification.sent_at).where(
        is_counted, col(tables.Verification.sent_at) > since
    )
    return list(db.exec(query).all())


def asked_from(db: Session, network: str, *, since: datetime) -> list[datetime]:
    """Return when codes were asked for from a network, whether or not the numbers are anybody's."""
    query = select(tables.Verification.sent_at).where(
        tables.Verification.network == network, col(tables.Verification.sent_at) > since
    )
    return list(db.exec(query).all())


def spent(db: Session, prefix: str, *, since: datetime) -> tuple[int, int, datetime | None]:
    """Return how many messages went to a prefix, how many to all, and when the oldest went."""
    is_alike = col(tables.Verification.prefix) == prefix
    query = select(
        func.count().filter(is_alike), func.count(), func.min(tables.Verification.sent_at)
    ).where(col(tables.Verification.sent_at) > since, col(tables.Verification.is_decoy).is_(False))
    return cast("Any", db.exec(query).one())


def outdate(db: Session, phone_fingerprint: str, purpose: Purpose, *, at: datetime) -> None:
    """Let the codes of before be worth nothing: only the newest one is."""
    query = update(tables.Verification).where(
        col(tables.Verification.phone_fingerprint) == phone_fingerprint,
        col(tables.Verification.purpose) == purpose,
        col(tables.Verification.proven_at).is_(None),
        col(tables.Verification.expires_at) > at,
    )
    db.exec(query.values(expires_at=at))


def use_try(db: Session, verification_id: str) -> None:
    """Count a wrong try."""
    query = update(tables.Verification).where(col(tables.Verification.id) == verification_id)
    db.exec(query.values(tries_left=col(tables.Verification.tries_left) - 1))


def prove(db: Session, verification_id: str, *, at: datetime, until: datetime, tries: int) -> None:
    """Keep that the code was right; the tries are those of what is asked next."""
    query = update(tables.Verification).where(col(tables.Verification.id) == verification_id)
    db.exec(query.values(proven_at=at, expires_at=until, tries_left=tries))


def redeem(db: Session, verification_id: str, *, at: datetime) -> bool:
    """End a proof by using it; False when it was used or has expired (S49)."""
    query = update(tables.Verification).where(
        col(tables.Verification.id) == verification_id,
        col(tables.Verification.proven_at).is_not(None),
        col(tables.Verification.expires_at) > at,
    )
    return db.exec(query.values(expires_at=at)).rowcount == 1


def remove_sent_before(db: Session, before: datetime) -> int:
    """Forget the codes that count for nothing any more, and return how many those were."""
    query = delete(tables.Verification).where(col(tables.Verification.sent_at) <= before)
    return db.exec(query).rowcount


def _verification(row: tables.Verification) -> Verification:
    return Verification(
        id=row.id,
        handle_hash=row.handle_hash,
        purpose=Purpose(row.purpose),
        user_id=row.user_id,
        session_id=row.session_id,
        phone_sealed=row.phone_sealed,
        phone_fingerprint=row.phone_fingerprint,
        prefix=row.prefix,
        network=row.network,
        is_decoy=row.is_decoy,
        code_hash=row.code_hash,
        tries_left=row.tries_left,
        sent_at=row.sent_at,
        expires_at=row.expires_at,
        proven_at=row.proven_at,
    )
