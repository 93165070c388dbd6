"""Links by mail in the database; a token is only ever known by its hash."""

from datetime import datetime

from sqlalchemy import ColumnElement
from sqlmodel import Session, and_, col, delete, select, update

from treno_chat.domain.ids import UserId
from treno_chat.domain.other_ways.passwords import LinkPurpose
from treno_chat.stores import tables


def add(
    db: Session,
    token_hash: str,
    *,
    purpose: LinkPurpose,
    user_id: UserId | None,
    at: datetime,
    until: datetime,
) -> None:
    """Store a link that is on its way; without a person it is a decoy."""
    row = tables.MailLink(
        token_hash=token_hash, purpose=purpose, user_id=user_id, made_at=at, expires_at=until
    )
    db.add(row)
    db.flush()


def whose(db: Session, token_hash: str, *, purpose: LinkPurpose, now: datetime) -> UserId | None:
    """Return whom a link is for; None when it opens nothing, or not any more."""
    query = select(tables.MailLink.user_id).where(_works(token_hash, purpose, now))
    return db.exec(query).first()


def use(db: Session, token_hash: str, *, purpose: LinkPurpose, at: datetime) -> UserId | None:
    """Use a link up and return whom it is for; of two who try at once, one does (S49)."""
    query = (
        update(tables.MailLink)
        .where(_works(token_hash, purpose, at))
        .values(used_at=at)
        .returning(col(tables.MailLink.user_id))
    )
    return db.scalars(query).first()


def remove_of(db: Session, user_id: UserId) -> None:
    """Delete every link that is on its way to a person."""
    db.exec(delete(tables.MailLink).where(col(tables.MailLink.user_id) == user_id))


def remove_expired(db: Session, *, now: datetime) -> int:
    """Delete the links that nobody used in time, and count them."""
    return db.exec(delete(tables.MailLink).where(col(tables.MailLink.expires_at) <= now)).rowcount


def _works(token_hash: str, purpose: LinkPurpose, now: datetime) -> ColumnElement[bool]:
    return and_(
        col(tables.MailLink.token_hash) == token_hash,
        col(tables.MailLink.purpose) == purpose,
        col(tables.MailLink.used_at).is_(None),
        col(tables.MailLink.expires_at) > now,
    )
