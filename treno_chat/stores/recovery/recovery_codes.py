"""Recovery codes in the database; each is only ever known by its keyed hash."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, delete, select, update

from treno_chat.domain.ids import UserId, new_id
from treno_chat.stores import tables


def replace_all(
    db: Session, user_id: UserId, code_hashes: Collection[str], *, at: datetime
) -> None:
    """Store a person's new codes; the old ones are no more, used or not."""
    db.exec(delete(tables.RecoveryCode).where(col(tables.RecoveryCode.user_id) == user_id))
    db.add_all(
        tables.RecoveryCode(id=new_id(), user_id=user_id, code_hash=each, created_at=at)
        for each in code_hashes
    )
    db.flush()


def count_left(db: Session, user_ids: Collection[UserId]) -> int:
    """Return how many codes these people could still use."""
    query = select(func.count()).where(
        col(tables.RecoveryCode.user_id).in_(user_ids), col(tables.RecoveryCode.used_at).is_(None)
    )
    return db.exec(query).one()


def use(
    db: Session, user_ids: Collection[UserId], code_hash: str, *, at: datetime
) -> UserId | None:
    """Use a code up and return whose it was; of two who try at once, one does (S49)."""
    query = (
        update(tables.RecoveryCode)
        .where(
            col(tables.RecoveryCode.code_hash) == code_hash,
            col(tables.RecoveryCode.user_id).in_(user_ids),
            col(tables.RecoveryCode.used_at).is_(None),
        )
        .values(used_at=at)
        .returning(col(tables.RecoveryCode.user_id))
    )
    return db.scalars(query).first()
