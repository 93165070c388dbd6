"""Places and their rooms in the database, as lists for an operator."""

from datetime import datetime

from sqlalchemy import ColumnElement, ScalarSelect
from sqlmodel import Session, SQLModel, col, func, select

from treno_chat.domain.ids import PlaceId
from treno_chat.domain.operations.roster import PlaceContents, PlaceLine, RoomLine
from treno_chat.domain.places import Place, PlaceKind, RoomKind
from treno_chat.stores import tables
from treno_chat.stores.operations import staff
from treno_chat.stores.talk.places import is_open_visit

HOUR = 3600


def places(db: Session, *, now: datetime) -> tuple[PlaceLine, ...]:
    """Return every place, the oldest first."""
    is_in = col(tables.Room.place_id) == col(tables.Place.id)
    query = select(
        tables.Place,
        _count(tables.Visit, is_open_visit(now)),
        _count(tables.Room, is_in),
        _count(
            tables.Message,
            col(tables.Message.room_id) == col(tables.Room.id),
            col(tables.Message.removed_at).is_(None),
            is_in,
        ),
    )
    return tuple(
        PlaceLine(
            slug=row.slug,
            name=row.name,
            kind=PlaceKind(row.kind),
            timezone=row.timezone,
            people=people,
            rooms=rooms,
            messages=messages,
            hours_kept=row.retention_seconds // HOUR,
            created_at=row.created_at,
        )
        for row, people, rooms, messages in db.exec(query.order_by(col(tables.Place.id))).all()
    )


def rooms(db: Session, place_id: PlaceId) -> tuple[RoomLine, ...]:
    """Return the rooms of a place in their order."""
    is_there = (
        col(tables.Message.room_id) == col(tables.Room.id),
        col(tables.Message.removed_at).is_(None),
    )
    counted = select(func.count()).select_from(tables.Message).where(*is_there)
    query = (
        select(tables.Room, counted.correlate(tables.Room).scalar_subquery())
        .where(tables.Room.place_id == place_id)
        .order_by(col(tables.Room.position))
    )
    return tuple(
        RoomLine(slug=row.slug, name=row.name, kind=RoomKind(row.kind), messages=messages)
        for row, messages in db.exec(query).all()
    )


def contents(db: Session, place: Place, *, now: datetime) -> PlaceContents:
    """Return what there is at a place."""
    lines = rooms(db, place.id)
    is_its = {
        table: col(table.place_id) == col(tables.Place.id)
        for table in (tables.GuidePage, tables.OpenQuestion, tables.Visit)
    }
    query = select(
        _count(tables.Visit, is_open_visit(now)),
        _count(tables.GuidePage, is_its[tables.GuidePage]),
        _count(
            tables.OpenQuestion,
            is_its[tables.OpenQuestion],
            col(tables.OpenQuestion.settled_at).is_(None),
        ),
        _count(tables.Visit, is_its[tables.Visit]),
    ).where(tables.Place.id == place.id)
    people, pages, questions, visits = db.exec(query).one()
    return PlaceContents(
        slug=place.slug,
        name=place.name,
        people_here=people,
        rooms=tuple(line.slug for line in lines),
        messages=sum(line.messages for line in lines),
        own_pages=pages,
        questions=questions,
        staff=tuple(member.user.alias for member in staff.of_place(db, place.id)),
        visits=visits,
    )


def _count(table: type[SQLModel], *conditions: ColumnElement[bool]) -> ScalarSelect[int]:
    counted = select(func.count()).select_from(table).where(*conditions)
    return counted.correlate(tables.Place).scalar_subquery()
