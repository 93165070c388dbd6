"""Visits in the database, and the aliases that rest after one."""

from dataclasses import asdict
from datetime import datetime

from sqlalchemy import String, bindparam, case
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, and_, col, delete, exists, or_, select, update

from treno_chat.domain.ids import PlaceId, UserId, VisitId
from treno_chat.domain.talk.visits import Visit
from treno_chat.stores import tables
from treno_chat.stores.database import savepoint
from treno_chat.stores.door.login_sessions import is_live
from treno_chat.stores.tables.base import UtcTime

_visit = tables.metadata.tables["visit"]
_resting = tables.metadata.tables["aliasquarantine"]
_is_open = col(tables.Visit.left_at).is_(None)
_is_hers = col(tables.Visit.user_id) == bindparam("who")
_now = bindparam("now", type_=UtcTime)
# A guest's visit may have been over before anybody looked; nobody's ends after now.
_end_by_now = case(
    (
        and_(col(tables.Visit.ends_at).is_not(None), col(tables.Visit.ends_at) < _now),
        col(tables.Visit.ends_at),
    ),
    else_=_now,
)
_close = update(_visit).values(left_at=_end_by_now, ends_at=_end_by_now)
# Built once, and of columns: at a rush at the door most of an entry's time would go into these.
_ADD = {
    "postgresql": postgresql.insert(_visit).on_conflict_do_nothing(),
    "sqlite": sqlite.insert(_visit).on_conflict_do_nothing(),
}
_CHANGE = (
    update(_visit)
    .where(_is_hers, col(tables.Visit.place_id) == bindparam("place"), _is_open)
    .values(alias_skeleton=bindparam("skeleton"), ends_at=bindparam("ends", type_=UtcTime))
    .returning(_visit.c.id)
)
# By the alias first, which few share: by the place it would look at everybody who is there.
_ALIKE = (
    select(_visit.c.id)
    .where(
        _visit.c.user_id.in_(
            select(tables.User.id).where(tables.User.alias_skeleton == bindparam("skeleton"))
        ),
        _visit.c.place_id == bindparam("place"),
        _is_open,
        _visit.c.user_id.is_distinct_from(bindparam("but", type_=String)),
    )
    .limit(1)
)
_RESTING = select(_resting.c.until).where(
    _resting.c.place_id == bindparam("place"), _resting.c.skeleton_hash == bindparam("hashed")
)
_CLOSE_ALL = _close.where(
    _is_hers, col(tables.Visit.place_id).is_distinct_from(bindparam("but", type_=String)), _is_open
).returning(_visit.c.place_id)
_CLOSE_ABANDONED = _close.where(
    _is_open,
    ~exists().where(col(tables.LoginSession.user_id) == col(tables.Visit.user_id), is_live(_now)),
    # A visit that was just prolonged is not over: its session may not be visible here yet.
    or_(col(tables.Visit.ends_at).is_(None), col(tables.Visit.ends_at) <= _now),
)
_CLOSE_ABANDONED_HERE = _CLOSE_ABANDONED.where(col(tables.Visit.place_id) == bindparam("place"))


def add(db: Session, visit: Visit) -> bool:
    """Store a new visit; False when its alias or its person is at the place already."""
    connection = db.connection()
    return connection.execute(_ADD[connection.dialect.name], asdict(visit)).rowcount == 1


def change(
    db: Session, user_id: UserId, place_id: PlaceId, *, skeleton: str, ends_at: datetime | None
) -> VisitId | None:
    """Change an open visit; None when there is none, or when the alias is somebody else's."""
    changes = {"who": user_id, "place": place_id, "skeleton": skeleton, "ends": ends_at}
    try:
        with savepoint(db):
            return db.connection().execute(_CHANGE, changes).scalar()
    except IntegrityError:
        return None


def exists_alike(
    db: Session, place_id: PlaceId, skeleton: str, *, but: UserId | None = None
) -> bool:
    """Say whether anybody else at the place wears an alias that looks like this."""
    about = {"place": place_id, "skeleton": skeleton, "but": but}
    return db.connection().execute(_ALIKE, about).first() is not None


def close_all(
    db: Session, user_id: UserId, *, now: datetime, but: PlaceId | None = None
) -> tuple[PlaceId, ...]:
    """Close a person's open visits, but for one place if given, and return where they were."""
    about = {"who": user_id, "but": but, "now": now}
    return tuple(db.connection().execute(_CLOSE_ALL, about).scalars().all())


def close_abandoned(db: Session, *, now: datetime, place_id: PlaceId | None = None) -> None:
    """Close the visits of people who are signed in nowhere any more."""
    if place_id is None:
        db.connection().execute(_CLOSE_ABANDONED, {"now": now})
    else:
        db.connection().execute(_CLOSE_ABANDONED_HERE, {"now": now, "place": place_id})


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
    about = {"place": place_id, "hashed": skeleton_hash}
    until = db.connection().execute(_RESTING, about).scalar()
    return until is not None and now < until


def remove_quarantines(db: Session, *, now: datetime) -> int:
    """Forget the aliases that have rested long enough, and return how many those were."""
    query = delete(tables.AliasQuarantine).where(col(tables.AliasQuarantine.until) <= now)
    return db.exec(query).rowcount
