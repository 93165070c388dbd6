"""Who is behind a session: the session, the person and the open visit, in one look-up."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select
from sqlmodel import Session, and_

from treno_chat.domain.door.sessions import LoginSession, Principal
from treno_chat.domain.ids import SessionId
from treno_chat.domain.people import Gender, User
from treno_chat.stores import tables
from treno_chat.stores.door.login_sessions import is_live

# Every event asks this: the statements are made once, and read columns rather than rows.
_session, _user = tables.metadata.tables["loginsession"].c, tables.metadata.tables["user"].c
_visit = tables.metadata.tables["visit"].c
_FOUND = (
    select(
        _session.id,
        _session.created_at,
        _session.authenticated_at,
        _session.last_seen_at,
        _session.idle_ends_at,
        _session.ends_at,
        _user.id.label("user_id"),
        _user.alias,
        _user.gender,
        _user.is_anonymous,
        _user.status_line,
        _visit.id.label("visit_id"),
        _visit.place_id,
    )
    # Whoever was disabled is nobody, from the next look-up on (S30).
    .join(tables.User, and_(_user.id == _session.user_id, _user.disabled_at.is_(None)))
    .outerjoin(tables.Visit, and_(_visit.user_id == _session.user_id, _visit.left_at.is_(None)))
    # Of several visits the newest counts: it comes last and stays.
    .order_by(_visit.entered_at)
)
_BY_ID = _FOUND.where(_session.id == bindparam("session_id"))
_BY_IDS = _FOUND.where(_session.id.in_(bindparam("session_ids", expanding=True)))
_BY_TOKEN = _FOUND.where(_session.token_hash == bindparam("token_hash"))
_elsewhere = tables.metadata.tables["externallogin"].c
_BY_EXTERNAL = (
    _FOUND.join(tables.ExternalLogin, _elsewhere.user_id == _user.id)
    .where(
        _elsewhere.issuer == bindparam("issuer"),
        _elsewhere.subject == bindparam("subject"),
        is_live(bindparam("now")),
    )
    # Before the visits' order: of several sessions the newest proof counts.
    .order_by(None)
    .order_by(_session.authenticated_at, _session.id, _visit.entered_at)
)


def get(db: Session, session_id: SessionId) -> Principal | None:
    """Return who is behind a session, live or not, with the visit that is open."""
    found = db.connection().execute(_BY_ID, {"session_id": session_id}).all()
    return _principal(found[-1]) if found else None


def get_all(db: Session, session_ids: Collection[SessionId]) -> dict[SessionId, Principal]:
    """Return who is behind each of these sessions, live or not; those that are gone are missing."""
    if len(session_ids) == 1:
        [one] = session_ids
        principal = get(db, one)
        return {} if principal is None else {one: principal}
    found = db.connection().execute(_BY_IDS, {"session_ids": list(session_ids)})
    return {row.id: _principal(row) for row in found}


def get_by_token(db: Session, token_hash: str) -> Principal | None:
    """Return who holds a token, live or not, with the visit that is open."""
    found = db.connection().execute(_BY_TOKEN, {"token_hash": token_hash}).all()
    return _principal(found[-1]) if found else None


def get_by_external(db: Session, issuer: str, subject: str, *, now: datetime) -> Principal | None:
    """Return who somebody else's subject is here, in the newest session that is live."""
    given = {"issuer": issuer, "subject": subject, "now": now}
    found = db.connection().execute(_BY_EXTERNAL, given).all()
    return _principal(found[-1]) if found else None


def _principal(row: Any) -> Principal:  # noqa: ANN401 -- a row knows its columns' names only when it runs
    return Principal(
        user=User(
            id=row.user_id,
            alias=row.alias,
            gender=Gender(row.gender),
            is_anonymous=row.is_anonymous,
            status_line=row.status_line,
        ),
        session=LoginSession(
            id=row.id,
            user_id=row.user_id,
            created_at=row.created_at,
            authenticated_at=row.authenticated_at,
            last_seen_at=row.last_seen_at,
            idle_ends_at=row.idle_ends_at,
            ends_at=row.ends_at,
        ),
        visit_id=row.visit_id,
        place_id=row.place_id,
    )
