"""A place or a room that goes for good: first what is large or pointed at, then the rest with it.

Rows are taken in the order in which those take them who speak, come in or are asked meanwhile, so
that on PostgreSQL nobody waits for somebody who waits for them. What comes while it is done goes
with the row that it points at.
"""

from collections.abc import Collection

from sqlmodel import Session, col, delete, select, update

from treno_chat.domain.ids import PlaceId, RoomId
from treno_chat.stores import tables


def remove_room(db: Session, room_id: RoomId) -> None:
    """Delete a room with its messages and reading positions; those behind it move up."""
    gone = select(tables.Room.place_id, tables.Room.position).where(tables.Room.id == room_id)
    place_id, position = db.exec(gone.with_for_update()).one()
    _remove_rooms(db, [room_id])
    behind = update(tables.Room).where(
        col(tables.Room.place_id) == place_id, col(tables.Room.position) > position
    )
    moved = behind.values(position=col(tables.Room.position) - 1)
    db.exec(moved.execution_options(synchronize_session=False))


def remove_place(db: Session, place_id: PlaceId) -> None:
    """Delete a place with everything that is its own.

    Sessions that began there and questions that were asked there stay: they are the people's, and
    forget where it was. The visits, roles, resting aliases, own pages and open questions go last,
    with the place itself.
    """
    rooms = select(tables.Room.id).where(tables.Room.place_id == place_id)
    room_ids = db.exec(rooms.order_by(col(tables.Room.id)).with_for_update()).all()
    for table in (tables.Utterance, tables.LoginSession):
        forget = update(table).where(col(table.place_id) == place_id).values(place_id=None)
        db.exec(forget.execution_options(synchronize_session=False))
    _remove_rooms(db, room_ids)
    _remove(db, tables.Place, [place_id])


def _remove_rooms(db: Session, room_ids: Collection[RoomId]) -> None:
    # First, and not by their foreign keys: else they would be looked through for every visit.
    said = delete(tables.Message).where(col(tables.Message.room_id).in_(room_ids))
    db.exec(said.execution_options(synchronize_session=False))
    _remove(db, tables.Room, room_ids)


def _remove(db: Session, table: type[tables.Place | tables.Room], ids: Collection[str]) -> None:
    query = delete(table).where(col(table.id).in_(ids))
    db.exec(query.execution_options(synchronize_session=False))
