"""Signed-in browsers in the database; a token is only ever known by its hash."""

from dataclasses import asdict
from datetime import datetime

from sqlalchemy import BindParameter, ColumnElement, bindparam
from sqlmodel import Session, and_, col, delete, insert, or_, select, update

from treno_chat.domain.door.sessions import Device, LoginSession
from treno_chat.domain.ids import PlaceId, SessionId, UserId
from treno_chat.stores import tables

MAX_USER_AGENT = 400
_session = tables.metadata.tables["loginsession"]
# Built once, and of columns: everybody who comes in asks these.
_ADD = insert(_session)
_BEYOND = (
    select(_session.c.id)
    .where(_session.c.user_id == bindparam("who"))
    .order_by(_session.c.created_at.desc(), _session.c.id.desc())
    .offset(bindparam("newest"))
)


def add(
    db: Session, session: LoginSession, *, token_hash: str, device: Device, place_id: PlaceId
) -> None:
    """Store a new session, opened at a place."""
    row = {
        **asdict(session),
        "place_id": place_id,
        "token_hash": token_hash,
        "address": device.address,
        "user_agent": device.user_agent[:MAX_USER_AGENT],
    }
    db.connection().execute(_ADD, row)


def renew(db: Session, session: LoginSession, *, token_hash: str) -> bool:
    """Give the row a new token and new times; False when it is gone."""
    query = (
        update(tables.LoginSession)
        .where(col(tables.LoginSession.id) == session.id)
        .values(
            token_hash=token_hash,
            authenticated_at=session.authenticated_at,
            last_seen_at=session.last_seen_at,
            idle_ends_at=session.idle_ends_at,
            ends_at=session.ends_at,
        )
    )
    return db.exec(query).rowcount == 1


def move(db: Session, session_id: SessionId, place_id: PlaceId) -> None:
    """Remember the place where a session goes on."""
    query = update(tables.LoginSession).where(col(tables.LoginSession.id) == session_id)
    db.exec(query.values(place_id=place_id))


def touch(db: Session, session_id: SessionId, *, seen_at: datetime, idle_ends_at: datetime) -> bool:
    """Move the idle end of a session that is still live; False when it is not."""
    query = (
        update(tables.LoginSession)
        .where(col(tables.LoginSession.id) == session_id, is_live(seen_at))
        .values(last_seen_at=seen_at, idle_ends_at=idle_ends_at)
    )
    return db.exec(query).rowcount == 1


def remove(db: Session, session_id: SessionId) -> bool:
    """Delete a session; False when it is gone already."""
    query = delete(tables.LoginSession).where(col(tables.LoginSession.id) == session_id)
    return db.exec(query).rowcount == 1


def owner(db: Session, session_id: SessionId) -> UserId | None:
    """Return whose session this is, live or not."""
    query = select(tables.LoginSession.user_id).where(tables.LoginSession.id == session_id)
    return db.exec(query).first()


def exists_live(db: Session, user_id: UserId, *, now: datetime) -> bool:
    """Say whether a person is signed in anywhere."""
    query = select(tables.LoginSession.id).where(
        tables.LoginSession.user_id == user_id, is_live(now)
    )
    return db.exec(query.limit(1)).first() is not None


def live_of(db: Session, user_id: UserId, *, now: datetime) -> list[SessionId]:
    """Return the sessions in which a person is signed in."""
    query = select(tables.LoginSession.id).where(
        tables.LoginSession.user_id == user_id, is_live(now)
    )
    return list(db.exec(query.order_by(col(tables.LoginSession.id))).all())


def all_of(db: Session, user_id: UserId) -> list[SessionId]:
    """Return every session of a person, live or not."""
    query = select(tables.LoginSession.id).where(tables.LoginSession.user_id == user_id)
    return list(db.exec(query.order_by(col(tables.LoginSession.id))).all())


def beyond(db: Session, user_id: UserId, *, newest: int) -> list[SessionId]:
    """Return a person's sessions but for the newest few."""
    asked = {"who": user_id, "newest": newest}
    return list(db.connection().execute(_BEYOND, asked).scalars())


def expired(db: Session, *, now: datetime) -> list[tuple[SessionId, UserId]]:
    """Return the sessions that are over, each with its person."""
    query = select(tables.LoginSession.id, tables.LoginSession.user_id).where(
        or_(col(tables.LoginSession.idle_ends_at) <= now, col(tables.LoginSession.ends_at) <= now)
    )
    return list(db.exec(query).all())


def is_live(now: datetime | BindParameter[datetime]) -> ColumnElement[bool]:
    """Return the condition that neither end of a session has passed."""
    return and_(col(tables.LoginSession.idle_ends_at) > now, col(tables.LoginSession.ends_at) > now)
