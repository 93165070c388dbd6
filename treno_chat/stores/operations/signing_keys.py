"""Our signing keys in the database; a private half only ever comes and goes sealed."""

from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select
from sqlmodel import Session, col, delete, text, update

from treno_chat.domain.tokens.signing_keys import Algorithm, StoredKey
from treno_chat.stores import tables

TURN = text("SELECT pg_advisory_xact_lock(hashtext('treno-chat keys'))")
_key = tables.metadata.tables["signingkey"]
# Built once, and of columns: every call with a token asks for its key.
_ALL = select(_key).order_by(_key.c.created_at.desc(), _key.c.kid)
_BY_KID = select(_key).where(_key.c.kid == bindparam("named"))


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
    return [_stored(row) for row in db.connection().execute(_ALL)]


def get(db: Session, kid: str) -> StoredKey | None:
    """Return the key with this id, retired or not; None when it is not kept."""
    row = db.connection().execute(_BY_KID, {"named": kid}).first()
    return None if row is None else _stored(row)


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


def _stored(row: Any) -> StoredKey:  # noqa: ANN401 -- a row knows its columns only when it runs
    return StoredKey(
        kid=row.kid,
        algorithm=Algorithm(row.algorithm),
        public_jwk=row.public_jwk,
        private_sealed=row.private_sealed,
        created_at=row.created_at,
        retired_at=row.retired_at,
    )
