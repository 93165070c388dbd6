"""Rooms in the database, and the two numbers that order what happens in them."""

from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select, update

from treno_chat.domain.ids import PlaceId, RoomId, UserId
from treno_chat.domain.places import Place, Room, RoomKind, Stay
from treno_chat.stores import tables
from treno_chat.stores.places import is_staffed_by, is_visited_by, to_place


def get(db: Session, room_id: RoomId) -> tuple[Room, Place] | None:
    """Return a room and its place, or None."""
    query = (
        select(tables.Room, tables.Place)
        .join(tables.Place, col(tables.Place.id) == col(tables.Room.place_id))
        .where(tables.Room.id == room_id)
        .execution_options(populate_existing=True)
    )
    found = db.exec(query).first()
    return None if found is None else (to_room(found[0]), to_place(found[1]))


def hold(db: Session, room_id: RoomId) -> Place | None:
    """Keep everybody else from changing a room until the unit ends; return its place, or None."""
    query = (
        select(tables.Place)
        .join(tables.Room, col(tables.Room.place_id) == col(tables.Place.id))
        .where(tables.Room.id == room_id)
        .with_for_update(of=tables.Room)
    )
    row = db.exec(query).first()
    return None if row is None else to_place(row)


def get_visited(
    db: Session, room_id: RoomId, user_id: UserId, *, now: datetime
) -> tuple[Room, Place, Stay] | None:
    """Return a room, its place, and what the person is there; None when they are not there."""
    query = (
        select(tables.Room, tables.Place, tables.Visit.id, col(tables.StaffRole.role).is_not(None))
        .join(tables.Place, col(tables.Place.id) == col(tables.Room.place_id))
        .join(tables.Visit, is_visited_by(user_id, now))
        .outerjoin(tables.StaffRole, is_staffed_by(user_id))
        .where(tables.Room.id == room_id)
        # The numbers of a room move behind the unit's back: a row read earlier is no answer.
        .execution_options(populate_existing=True)
    )
    found = db.exec(query).first()
    if found is None:
        return None
    room, place, visit_id, is_staff = found
    return to_room(room), to_place(place), Stay(visit_id=visit_id, is_staff=is_staff)


def of_place(db: Session, place_id: PlaceId) -> tuple[Room, ...]:
    """Return the rooms of a place in their order."""
    query = (
        select(tables.Room)
        .where(tables.Room.place_id == place_id)
        .order_by(col(tables.Room.position))
        .execution_options(populate_existing=True)
    )
    return tuple(to_room(row) for row in db.exec(query).all())


def add(db: Session, room: Room, *, position: int) -> None:
    """Store a new room."""
    row = tables.Room(
        id=room.id,
        place_id=room.place_id,
        slug=room.slug,
        name=room.name,
        kind=room.kind,
        position=position,
        last_seq=room.last_seq,
        last_rev=room.last_rev,
    )
    db.add(row)
    db.flush()


def take_seq(db: Session, room_id: RoomId) -> tuple[int, int]:
    """Take the room's next seq and rev, and hold the room's row until the unit ends."""
    return _count(
        db,
        room_id,
        last_seq=col(tables.Room.last_seq) + 1,
        last_rev=col(tables.Room.last_rev) + 1,
    )


def take_rev(db: Session, room_id: RoomId) -> int:
    """Take the room's next rev, and hold the room's row until the unit ends."""
    _, rev = _count(db, room_id, last_rev=col(tables.Room.last_rev) + 1)
    return rev


def to_room(row: tables.Room) -> Room:
    """Return the value of a row."""
    return Room(
        id=row.id,
        place_id=row.place_id,
        slug=row.slug,
        name=row.name,
        kind=RoomKind(row.kind),
        last_seq=row.last_seq,
        last_rev=row.last_rev,
    )


def _count(db: Session, room_id: RoomId, **numbers: Any) -> tuple[int, int]:  # noqa: ANN401 -- SQL expressions
    query = (
        update(tables.Room)
        .where(col(tables.Room.id) == room_id)
        .values(**numbers)
        .returning(col(tables.Room.last_seq), col(tables.Room.last_rev))
        .execution_options(synchronize_session=False)
    )
    seq, rev = db.exec(query).one()
    return seq, rev
