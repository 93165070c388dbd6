"""Rooms in the database, and the two numbers that order what happens in them."""

from collections.abc import Mapping

from sqlalchemy import bindparam
from sqlmodel import Session, col, select, update

from treno_chat.domain.ids import PlaceId, RoomId
from treno_chat.domain.places import Place, Room, RoomKind
from treno_chat.stores import tables
from treno_chat.stores.talk.places import to_place

_id = col(tables.Room.id)
_seq, _rev = col(tables.Room.last_seq), col(tables.Room.last_rev)
_HOLD_ALL = (
    select(_id)
    .where(_id.in_(bindparam("room_ids", expanding=True)))
    .order_by(_id)
    .with_for_update(key_share=True)
)
_TAKE_SEQS = (
    update(tables.metadata.tables["room"])
    .values(last_seq=_seq + bindparam("number"), last_rev=_rev + bindparam("number"))
    .returning(_id, _seq, _rev)
)
_TAKE_SEQS_OF_ONE = _TAKE_SEQS.where(_id == bindparam("room_id"))
_TAKE_SEQS_OF_ALL = _TAKE_SEQS.where(_id.in_(bindparam("room_ids", expanding=True)))
_TAKE_REVS = (
    update(tables.Room)
    .where(_id == bindparam("room_id"))
    .values(last_rev=_rev + bindparam("number"))
    .returning(_rev)
)


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


def rename(db: Session, room_id: RoomId, name: str) -> None:
    """Store another name."""
    db.exec(update(tables.Room).where(_id == room_id).values(name=name))


def take_seqs(db: Session, numbers: Mapping[RoomId, int]) -> dict[RoomId, tuple[int, int]]:
    """Take so many of each room's next seqs and revs; return the last taken of both.

    The rows are held until the unit ends, always in the same order: nobody waits for somebody
    who waits for them.
    """
    connection = db.connection()
    if len(numbers) == 1:
        [(room_id, number)] = numbers.items()
        rows = connection.execute(_TAKE_SEQS_OF_ONE, {"number": number, "room_id": room_id})
        return {room_id: (seq, rev) for room_id, seq, rev in rows}
    connection.execute(_HOLD_ALL, {"room_ids": list(numbers)})
    taken: dict[RoomId, tuple[int, int]] = {}
    for number in set(numbers.values()):
        room_ids = [room_id for room_id, wanted in numbers.items() if wanted == number]
        rows = connection.execute(_TAKE_SEQS_OF_ALL, {"number": number, "room_ids": room_ids})
        taken |= {room_id: (seq, rev) for room_id, seq, rev in rows}
    return taken


def take_rev(db: Session, room_id: RoomId) -> int:
    """Take the room's next rev, and hold the room's row until the unit ends."""
    return take_revs(db, room_id, 1)


def take_revs(db: Session, room_id: RoomId, number: int) -> int:
    """Take so many of the room's next revs, and hold its row; return the last of them."""
    taken = db.connection().execute(_TAKE_REVS, {"room_id": room_id, "number": number})
    return taken.scalar_one()


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
