"""Who is where: the rooms that people are at now, and what they are there."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, select, tuple_
from sqlmodel import Session, and_

from treno_chat.domain.ids import RoomId, UserId
from treno_chat.domain.places import Place, PlaceKind, Room, RoomKind, Stay
from treno_chat.stores import tables
from treno_chat.stores.talk.places import is_open_visit

Pair = tuple[UserId, RoomId]

# Nearly every event asks this: the statement is made once, and reads columns rather than rows.
_room, _place = tables.metadata.tables["room"].c, tables.metadata.tables["place"].c
_visit, _staff = tables.metadata.tables["visit"].c, tables.metadata.tables["staffrole"].c
_FOUND = (
    select(
        *_room,
        _place.slug.label("place_slug"),
        _place.name.label("place_name"),
        _place.kind.label("place_kind"),
        _place.timezone,
        _place.retention_seconds,
        _place.guest_grace_seconds,
        _visit.id.label("visit_id"),
        _visit.user_id,
        _staff.role,
    )
    .join(tables.Place, _place.id == _room.place_id)
    .join(
        tables.Visit,
        is_open_visit(bindparam("now")),
    )
    .outerjoin(
        tables.StaffRole,
        and_(_staff.place_id == _place.id, _staff.user_id == _visit.user_id),
    )
)
# Mostly one asks alone, and a statement that does not grow is made ready once and for all.
_ONE = _FOUND.where(_visit.user_id == bindparam("user_id"), _room.id == bindparam("room_id"))
# The pairs say what is asked; the two lists let the database find it by its indexes.
_SEVERAL = _FOUND.where(
    _visit.user_id.in_(bindparam("user_ids", expanding=True)),
    _room.id.in_(bindparam("room_ids", expanding=True)),
    tuple_(_visit.user_id, _room.id).in_(bindparam("pairs", expanding=True)),
)


def find(
    db: Session, pairs: Collection[Pair], *, now: datetime
) -> dict[Pair, tuple[Room, Place, Stay]]:
    """Return room, place and stay for each person and room; who is not there is missing."""
    if len(pairs) == 1:
        [(user_id, room_id)] = pairs
        one = {"now": now, "user_id": user_id, "room_id": room_id}
        found = db.connection().execute(_ONE, one)
    else:
        several = {
            "now": now,
            "pairs": list(pairs),
            "user_ids": list({user_id for user_id, _ in pairs}),
            "room_ids": list({room_id for _, room_id in pairs}),
        }
        found = db.connection().execute(_SEVERAL, several)
    return {(row.user_id, row.id): (_to_room(row), _to_place(row), _to_stay(row)) for row in found}


def _to_room(row: Any) -> Room:  # noqa: ANN401 -- a row knows its columns only when it runs
    return Room(
        id=row.id,
        place_id=row.place_id,
        slug=row.slug,
        name=row.name,
        kind=RoomKind(row.kind),
        last_seq=row.last_seq,
        last_rev=row.last_rev,
    )


def _to_place(row: Any) -> Place:  # noqa: ANN401
    return Place(
        id=row.place_id,
        slug=row.place_slug,
        name=row.place_name,
        kind=PlaceKind(row.place_kind),
        timezone=row.timezone,
        retention=timedelta(seconds=row.retention_seconds),
        guest_grace=timedelta(seconds=row.guest_grace_seconds),
    )


def _to_stay(row: Any) -> Stay:  # noqa: ANN401
    return Stay(visit_id=row.visit_id, is_staff=row.role is not None)
