"""Who people are to OpenID Connect providers, in the database."""

from datetime import datetime

from sqlmodel import Session, col, delete, select, update

from treno_chat.domain.ids import UserId
from treno_chat.stores import tables
from treno_chat.stores.adding import add_unless_there


def owner(db: Session, issuer: str, subject: str) -> UserId | None:
    """Return whom a provider's subject is."""
    query = select(tables.ExternalLogin.user_id).where(
        tables.ExternalLogin.issuer == issuer, tables.ExternalLogin.subject == subject
    )
    return db.exec(query).first()


def of_person(db: Session, user_id: UserId) -> list[str]:
    """Return the issuers that know a person."""
    query = select(tables.ExternalLogin.issuer).where(tables.ExternalLogin.user_id == user_id)
    return list(db.exec(query.order_by(col(tables.ExternalLogin.issuer))).all())


def add(db: Session, user_id: UserId, *, issuer: str, subject: str, at: datetime) -> bool:
    """Keep who a person is to a provider; False when that is somebody already."""
    row = tables.ExternalLogin(
        issuer=issuer, subject=subject, user_id=user_id, created_at=at, used_at=at
    )
    return add_unless_there(db, row)


def touch(db: Session, issuer: str, subject: str, *, at: datetime) -> bool:
    """Keep when a person came in this way; False when they do so no longer."""
    query = update(tables.ExternalLogin).where(
        col(tables.ExternalLogin.issuer) == issuer, col(tables.ExternalLogin.subject) == subject
    )
    return db.exec(query.values(used_at=at)).rowcount == 1


def remove(db: Session, user_id: UserId, issuer: str) -> bool:
    """Let a provider let a person in no more; False when it did not."""
    query = delete(tables.ExternalLogin).where(
        col(tables.ExternalLogin.user_id) == user_id, col(tables.ExternalLogin.issuer) == issuer
    )
    return db.exec(query).rowcount > 0


def remove_all_of(db: Session, user_id: UserId) -> int:
    """Let no provider let a person in any more, and return how many did."""
    query = delete(tables.ExternalLogin).where(col(tables.ExternalLogin.user_id) == user_id)
    return db.exec(query).rowcount
