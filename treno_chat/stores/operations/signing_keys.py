"""Our signing keys in the database; a private half only ever comes and goes sealed."""

from datetime import datetime

from sqlmodel import Session, col, delete, select, text, update

from treno_chat.domain.tokens.signing_keys import Algorithm, StoredKey
from treno_chat.stores import tables

TURN = text("SELECT pg_advisory_xact_lock(hashtext('treno-chat keys'))")


def take_turn(db: Session) -> None:
    """Let nobody else make a key until this unit is over; SQLite has one writer anyhow."""
    if db.get_bind().dialect.name == "postgresql":
        db.connection().execute(TURN)


def add(db: Session, key: StoredKey) -> None:
    """Store a new key."""
    row = tables.SigningKey(
        kid=key.kid,
        algorithm=key.algorithm,
        public_jwk=key.public_jwk,
        private_sealed=key.private_sealed,
        created_at=key.created_at,
        retired_at=key.retired_at,
    )
    db.add(row)
    db.flush()


def all_keys(db: Session) -> list[StoredKey]:
    """Return every key that is kept, the newest first."""
    query = select(tables.SigningKey).order_by(
        col(tables.SigningKey.created_at).desc(), col(tables.SigningKey.kid)
    )
    return [_key(row) for row in db.exec(query).all()]


def retire_all(db: Session, *, at: datetime) -> list[str]:
    """Let every key that still signs sign no more; return which those were."""
    query = (
        update(tables.SigningKey)
        .where(col(tables.SigningKey.retired_at).is_(None))
        .values(retired_at=at)
        .returning(col(tables.SigningKey.kid))
    )
    return list(db.scalars(query).all())


def remove(db: Session, kid: str) -> bool:
    """Delete a key; False when there is none."""
    return db.exec(delete(tables.SigningKey).where(col(tables.SigningKey.kid) == kid)).rowcount == 1


def remove_retired_before(db: Session, before: datetime) -> int:
    """Delete the keys that nothing in force was signed by, and return how many those were."""
    query = delete(tables.SigningKey).where(col(tables.SigningKey.retired_at) < before)
    return db.exec(query).rowcount


def _key(row: tables.SigningKey) -> StoredKey:
    return StoredKey(
        kid=row.kid,
        algorithm=Algorithm(row.algorithm),
        public_jwk=row.public_jwk,
        private_sealed=row.private_sealed,
        created_at=row.created_at,
        retired_at=row.retired_at,
    )
