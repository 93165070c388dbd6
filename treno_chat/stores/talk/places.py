"""Places in the database, and who is at one."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, bindparam
from sqlalchemy import select as select_columns
from sqlmodel import Session, and_, col, or_, select, update

from treno_chat.domain.ids import PlaceId, RoomId, UserId
from treno_chat.domain.places import Place, PlaceKind, RoomKind, Stay
from treno_chat.stores import tables

_place, _room = tables.metadata.tables["place"], tables.metadata.tables["room"].c
# Built once, and of columns: whoever comes to a place asks these.
_BY_SLUG = select_columns(_place).where(_place.c.slug == bindparam("named"))
_WITH_ROOM = (
    select_columns(_place, _room.slug.label("room_slug"))
    .outerjoin(
        tables.Room, and_(_room.place_id == _place.c.id, _room.kind == RoomKind.GENERAL.value)
    )
    .where(_place.c.slug == bindparam("named"))
    .order_by(_room.position)
    .limit(1)
)


def get(db: Session, slug: str) -> Place | None:
    """Return the place with this slug, or None."""
    row = db.connection().execute(_BY_SLUG, {"named": slug}).first()
    return None if row is None else to_place(row)


def get_with_room(db: Session, slug: str) -> tuple[Place, str | None] | None:
    """Return the place with this slug and the name of its room for everybody, or None."""
    row = db.connection().execute(_WITH_ROOM, {"named": slug}).first()
    return None if row is None else (to_place(row), row.room_slug)


def get_visited(
    db: Session, slug: str, user_id: UserId, *, now: datetime
) -> tuple[Place, Stay] | None:
    """Return a place and what the person is there; None when they are not there."""
    query = (
        select(tables.Place, tables.Visit.id, col(tables.StaffRole.role).is_not(None))
        .join(tables.Visit, and_(is_open_visit(now), col(tables.Visit.user_id) == user_id))
        .outerjoin(tables.StaffRole, is_staffed_by(user_id))
        .where(tables.Place.slug == slug)
    )
    found = db.exec(query).first()
    if found is None:
        return None
    row, visit_id, is_staff = found
    return to_place(row), Stay(visit_id=visit_id, is_staff=is_staff)


def all_visited(db: Session, user_id: UserId, *, now: datetime) -> list[tuple[Place, Stay]]:
    """Return the places where a person is, and what they are there; where they came last first."""
    query = (
        select(tables.Place, tables.Visit.id, col(tables.StaffRole.role).is_not(None))
        .join(tables.Visit, and_(is_open_visit(now), col(tables.Visit.user_id) == user_id))
        .outerjoin(tables.StaffRole, is_staffed_by(user_id))
        .order_by(col(tables.Visit.entered_at).desc(), col(tables.Place.id))
    )
    found = db.exec(query).all()
    return [
        (to_place(row), Stay(visit_id=visit_id, is_staff=is_staff))
        for row, visit_id, is_staff in found
    ]


def find(db: Session, place_id: PlaceId) -> Place:
    """Return the place with this id; the database sees to it that there is one."""
    query = select(tables.Place).where(tables.Place.id == place_id)
    return to_place(db.exec(query.execution_options(populate_existing=True)).one())


def hold(db: Session, place_id: PlaceId) -> bool:
    """Let nobody else who holds it change what belongs to a place until the unit ends.

    Whoever comes in meanwhile need not wait: the key of the row is left alone. False when there
    is no such place any more.
    """
    query = select(tables.Place.id).where(tables.Place.id == place_id)
    return db.exec(query.with_for_update(key_share=True)).first() is not None


def stands(db: Session, place_id: PlaceId) -> bool:
    """Say whether there is still such a place; it then stays until the unit ends."""
    query = select(tables.Place.id).where(tables.Place.id == place_id)
    return db.exec(query.with_for_update(read=True, key_share=True)).first() is not None


def all_places(db: Session) -> tuple[Place, ...]:
    """Return every place, the oldest first."""
    query = select(tables.Place).order_by(col(tables.Place.id))
    return tuple(to_place(row) for row in db.exec(query).all())


def of_rooms(db: Session, room_ids: Collection[RoomId]) -> tuple[Place, ...]:
    """Return the places that have these rooms, each once."""
    having = select(tables.Room.place_id).where(col(tables.Room.id).in_(room_ids))
    query = select(tables.Place).where(col(tables.Place.id).in_(having))
    return tuple(to_place(row) for row in db.exec(query).all())


def add(db: Session, place: Place, *, created_at: datetime) -> None:
    """Store a new place."""
    row = tables.Place(
        id=place.id,
        slug=place.slug,
        name=place.name,
        kind=place.kind,
        timezone=place.timezone,
        retention_seconds=int(place.retention.total_seconds()),
        guest_grace_seconds=int(place.guest_grace.total_seconds()),
        created_at=created_at,
    )
    db.add(row)
    db.flush()


def rename(db: Session, place_id: PlaceId, name: str) -> None:
    """Store another name."""
    db.exec(update(tables.Place).where(col(tables.Place.id) == place_id).values(name=name))


def keep(db: Session, place_id: PlaceId, retention: timedelta) -> None:
    """Store for how long words are kept."""
    seconds = int(retention.total_seconds())
    query = update(tables.Place).where(col(tables.Place.id) == place_id)
    db.exec(query.values(retention_seconds=seconds))


def is_open_visit(now: datetime | BindParameter[datetime]) -> ColumnElement[bool]:
    """Return the condition that joins a place with the visits that are open."""
    return and_(
        col(tables.Visit.place_id) == col(tables.Place.id),
        col(tables.Visit.left_at).is_(None),
        or_(col(tables.Visit.ends_at).is_(None), col(tables.Visit.ends_at) > now),
    )


def is_staffed_by(user_id: UserId) -> ColumnElement[bool]:
    """Return the condition that joins a place with the person's role there."""
    return and_(
        col(tables.StaffRole.place_id) == col(tables.Place.id),
        col(tables.StaffRole.user_id) == user_id,
    )


def to_place(row: Any) -> Place:  # noqa: ANN401 -- a row knows its columns only when it runs
    """Return the value of a row."""
    return Place(
        id=row.id,
        slug=row.slug,
        name=row.name,
        kind=PlaceKind(row.kind),
        timezone=row.timezone,
        retention=timedelta(seconds=row.retention_seconds),
        guest_grace=timedelta(seconds=row.guest_grace_seconds),
    )
