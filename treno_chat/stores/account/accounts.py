"""What the account page reads of a person."""

from datetime import datetime

from sqlmodel import Session, col, select

from treno_chat.domain.account.accounts import Profile, SessionView
from treno_chat.domain.door.devices import device_name
from treno_chat.domain.ids import SessionId, UserId
from treno_chat.stores import tables
from treno_chat.stores.door.login_sessions import is_live


def profile(db: Session, user_id: UserId) -> Profile:
    """Return what a person said of themselves."""
    row = _row(db, user_id)
    return Profile(
        status_line=row.status_line,
        language=row.language,
        theme=row.theme,
        phone_uses=row.phone_uses,
        created_at=row.created_at,
        registered_at=row.registered_at,
        erasure_due_at=row.erasure_due_at,
    )


def sealed_phone(db: Session, user_id: UserId) -> bytes | None:
    """Return a person's phone number as it is kept; None for a guest."""
    return _row(db, user_id).phone_sealed


def sessions(
    db: Session, user_id: UserId, *, this: SessionId, now: datetime
) -> tuple[SessionView, ...]:
    """Return a person's live sessions, the one seen last first."""
    query = (
        select(tables.LoginSession, tables.Place.name)
        .outerjoin(tables.Place, col(tables.Place.id) == col(tables.LoginSession.place_id))
        .where(tables.LoginSession.user_id == user_id, is_live(now))
        .order_by(col(tables.LoginSession.last_seen_at).desc(), col(tables.LoginSession.id))
        .execution_options(populate_existing=True)
    )
    return tuple(
        SessionView(
            id=row.id,
            device=device_name(row.user_agent),
            place=place or "",
            created_at=row.created_at,
            last_seen_at=row.last_seen_at,
            is_this=row.id == this,
        )
        for row, place in db.exec(query).all()
    )


def _row(db: Session, user_id: UserId) -> tables.User:
    query = select(tables.User).where(tables.User.id == user_id)
    return db.exec(query.execution_options(populate_existing=True)).one()
