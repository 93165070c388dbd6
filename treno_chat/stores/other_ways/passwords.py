"""Passwords in the database: at most one a person, and one confirmed an address."""

from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, delete, exists, select, update

from treno_chat.domain.ids import UserId
from treno_chat.domain.other_ways.passwords import KeptPassword
from treno_chat.stores import tables
from treno_chat.stores.adding import add_unless_there


def of_person(db: Session, user_id: UserId) -> KeptPassword | None:
    """Return a person's password, confirmed or not."""
    query = select(tables.Password).where(tables.Password.user_id == user_id)
    return _kept(db.exec(query.execution_options(populate_existing=True)).first())


def of_address(db: Session, email_fingerprint: str) -> KeptPassword | None:
    """Return the password of whoever proved that an address is theirs."""
    query = select(tables.Password).where(
        tables.Password.email_fingerprint == email_fingerprint,
        col(tables.Password.confirmed_at).is_not(None),
    )
    return _kept(db.exec(query.execution_options(populate_existing=True)).first())


def newest_of_address(db: Session, email_fingerprint: str) -> KeptPassword | None:
    """Return the password of whoever named an address last, proven or not.

    Not of those whose account something else opened before: they may have mistyped theirs.
    """
    older = (
        exists().where(
            col(way.user_id) == col(tables.Password.user_id),
            col(way.created_at) < col(tables.Password.changed_at),
        )
        for way in (tables.Passkey, tables.ExternalLogin)
    )
    query = (
        select(tables.Password)
        .where(tables.Password.email_fingerprint == email_fingerprint, *(~way for way in older))
        .order_by(col(tables.Password.changed_at).desc(), col(tables.Password.user_id).desc())
        .limit(1)
    )
    return _kept(db.exec(query).first())


def add(
    db: Session,
    user_id: UserId,
    *,
    email_sealed: bytes,
    email_fingerprint: str,
    password_hash: str,
    at: datetime,
) -> bool:
    """Store a person's first password; False when they have one already."""
    row = tables.Password(
        user_id=user_id,
        email_sealed=email_sealed,
        email_fingerprint=email_fingerprint,
        password_hash=password_hash,
        changed_at=at,
    )
    return add_unless_there(db, row)


def change(db: Session, user_id: UserId, *, was: str, password_hash: str, at: datetime) -> bool:
    """Store another password in place of the one that was read; False when it has changed since."""
    query = update(tables.Password).where(
        col(tables.Password.user_id) == user_id, col(tables.Password.password_hash) == was
    )
    return db.exec(query.values(password_hash=password_hash, changed_at=at)).rowcount == 1


def reset(db: Session, user_id: UserId, *, password_hash: str, at: datetime) -> bool:
    """Store another password in place of any; False when there is none."""
    query = update(tables.Password).where(col(tables.Password.user_id) == user_id)
    return db.exec(query.values(password_hash=password_hash, changed_at=at)).rowcount == 1


def rehash(db: Session, user_id: UserId, *, was: str, password_hash: str) -> bool:
    """Store the same password under a better hash; False when it has changed since."""
    query = update(tables.Password).where(
        col(tables.Password.user_id) == user_id, col(tables.Password.password_hash) == was
    )
    return db.exec(query.values(password_hash=password_hash)).rowcount == 1


def confirm(db: Session, user_id: UserId, *, at: datetime) -> bool:
    """Keep that an address is a person's; False when somebody else proved it to be theirs."""
    query = update(tables.Password).where(
        col(tables.Password.user_id) == user_id, col(tables.Password.confirmed_at).is_(None)
    )
    try:
        with db.begin_nested():
            db.exec(query.values(confirmed_at=at))
    except IntegrityError:
        return False
    return True


def is_confirmed(db: Session, user_id: UserId) -> bool:
    """Say whether a person proved that their address is theirs."""
    query = select(tables.Password.confirmed_at).where(tables.Password.user_id == user_id)
    return db.exec(query).first() is not None


def remove(db: Session, user_id: UserId) -> bool:
    """Delete a person's password and address; False when there is none."""
    query = delete(tables.Password).where(col(tables.Password.user_id) == user_id)
    return db.exec(query).rowcount == 1


def remove_unconfirmed(db: Session, *, changed_before: datetime, limit: int) -> list[UserId]:
    """Delete passwords whose address nobody proved for so long; return whose those were."""
    query = select(tables.Password.user_id).where(
        col(tables.Password.confirmed_at).is_(None),
        col(tables.Password.changed_at) <= changed_before,
    )
    user_ids = list(db.exec(query.limit(limit)).all())
    if user_ids:
        gone = delete(tables.Password).where(
            col(tables.Password.user_id).in_(user_ids),
            col(tables.Password.confirmed_at).is_(None),
        )
        user_ids = list(db.scalars(gone.returning(col(tables.Password.user_id))).all())
    return user_ids


def _kept(row: tables.Password | None) -> KeptPassword | None:
    if row is None:
        return None
    return KeptPassword(
        user_id=row.user_id,
        email_sealed=row.email_sealed,
        password_hash=row.password_hash,
        confirmed_at=row.confirmed_at,
    )
