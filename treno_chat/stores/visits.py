"""Visits in the database, and the aliases that rest after one."""

from datetime import datetime

from sqlalchemy import ColumnElement, case
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, and_, col, delete, exists, or_, select, update

from treno_chat.domain.ids import PlaceId, UserId
from treno_chat.domain.visits import Visit
from treno_chat.stores import tables
from treno_chat.stores.login_sessions import is_live

_is_open = col(tables.Visit.left_at).is_(None)


def add(db: Session, visit: Visit) -> bool:
    """Store a new visit; False when its alias or its person is at the place already."""
    row = tables.Visit(
        id=visit.id,
        user_id=visit.user_id,
        place_id=visit.place_id,
        alias_skeleton=visit.alias_skeleton,
        entered_at=visit.entered_at,
        ends_at=visit.ends_at,
    )
    try:
        with db.begin_nested():
            db.add(row)
    except IntegrityError:
        return False
    return True


def change(
    db: Session, user_id: UserId, place_id: PlaceId, *, skeleton: str, ends_at: datetime | None
) -> bool:
    """Change an open visit; False when there is none, or when the alias is somebody else's."""
    query = (
        update(tables.Visit)
        .where(
            col(tables.Visit.user_id) == user_id, col(tables.Visit.place_id) == place_id, _is_open
        )
        .values(alias_skeleton=skeleton, ends_at=ends_at)
    )
    try:
        with db.begin_nested():
            return db.exec(query).rowcount == 1
    except IntegrityError:
        return False


def exists_alike(
    db: Session, place_id: PlaceId, skeleton: str, *, but: UserId | None = None
) -> bool:
    """Say whether anybody else at the place wears an alias that looks like this."""
    query = (
        select(tables.Visit.id)
        .join(tables.User, col(tables.User.id) == col(tables.Visit.user_id))
        .where(
            tables.Visit.place_id == place_id,
            _is_open,
            tables.User.alias_skeleton == skeleton,
            col(tables.Visit.user_id).is_distinct_from(but),
        )
    )
    return db.exec(query.limit(1)).first() is not None


def close_all(db: Session, user_id: UserId, *, now: datetime, but: PlaceId | None = None) -> None:
    """Close a person's open visits, but for one place if given."""
    query = update(tables.Visit).where(
        col(tables.Visit.user_id) == user_id,
        col(tables.Visit.place_id).is_distinct_from(but),
        _is_open,
    )
    db.exec(query.values(left_at=_end_by(now), ends_at=_end_by(now)))


def close_abandoned(db: Session, *, now: datetime, place_id: PlaceId | None = None) -> None:
    """Close the visits of people who are signed in nowhere any more."""
    is_signed_in = exists().where(
        col(tables.LoginSession.user_id) == col(tables.Visit.user_id), is_live(now)
    )
    query = update(tables.Visit).where(
        _is_open,
        ~is_signed_in,
        # A visit that was just prolonged is not over: its session may not be visible here yet.
        or_(col(tables.Visit.ends_at).is_(None), col(tables.Visit.ends_at) <= now),
    )
    if place_id is not None:
        query = query.where(col(tables.Visit.place_id) == place_id)
    db.exec(
        query.values(left_at=_end_by(now), ends_at=_end_by(now)).execution_options(
            synchronize_session=False
        )
    )


def slide(db: Session, user_id: UserId, *, ends_at: datetime) -> None:
    """Move the end of a guest's open visits."""
    query = update(tables.Visit).where(
        col(tables.Visit.user_id) == user_id,
        _is_open,
        col(tables.Visit.ends_at).is_not(None),
    )
    db.exec(query.values(ends_at=ends_at))


def quarantine(db: Session, place_id: PlaceId, skeleton_hash: str, *, until: datetime) -> None:
    """Let an alias rest: nobody may take it up before `until`."""
    row = tables.AliasQuarantine(place_id=place_id, skeleton_hash=skeleton_hash, until=until)
    db.merge(row)
    db.flush()


def is_quarantined(db: Session, place_id: PlaceId, skeleton_hash: str, *, now: datetime) -> bool:
    """Say whether an alias is at rest."""
    row = db.get(tables.AliasQuarantine, (place_id, skeleton_hash))
    return row is not None and now < row.until


def remove_quarantines(db: Session, *, now: datetime) -> int:
    """Forget the aliases that have rested long enough, and return how many those were."""
    query = delete(tables.AliasQuarantine).where(col(tables.AliasQuarantine.until) <= now)
    return db.exec(query).rowcount


def _end_by(now: datetime) -> ColumnElement[datetime]:
    # A guest's visit may have been over before anybody looked; nobody's ends after now.
    ended = and_(col(tables.Visit.ends_at).is_not(None), col(tables.Visit.ends_at) < now)
    return case((ended, col(tables.Visit.ends_at)), else_=now)
