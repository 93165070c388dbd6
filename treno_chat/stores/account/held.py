"""A person's own messages that are still kept, wherever they were said."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, func, select

from treno_chat.domain.account.accounts import Held
from treno_chat.domain.ids import MessageId
from treno_chat.domain.people import User
from treno_chat.domain.places import Place
from treno_chat.stores import tables
from treno_chat.stores.talk import places
from treno_chat.stores.talk.keeping import still_kept


@dataclass(frozen=True, kw_only=True, slots=True)
class HeldMessage:
    """What somebody said, where, under which alias, and until when it is kept at the latest."""

    id: MessageId
    place: str
    room: str
    alias: str
    text: str
    sent_at: datetime
    edited_at: datetime | None
    kept_until: datetime


def count(db: Session, user: User, *, now: datetime) -> Held:
    """Return how many there are, and when the last of them will be gone."""
    found = [_count_at(db, user, place, now) for place in places.all_places(db)]
    ends = [until for _, until in found if until is not None]
    return Held(messages=sum(number for number, _ in found), until=max(ends, default=None))


def page_after(
    db: Session, user: User, place: Place, *, after: MessageId, now: datetime, limit: int
) -> list[HeldMessage]:
    """Return the next of them at a place, in the order in which they were said."""
    query = (
        select(tables.Message, tables.Room.name)
        .join(tables.Room, col(tables.Room.id) == col(tables.Message.room_id))
        .where(*_is_held(user, place, now), tables.Message.id > after)
        .order_by(col(tables.Message.id))
        .limit(limit)
    )
    return [
        HeldMessage(
            id=row.id,
            place=place.name,
            room=room,
            alias=row.author_alias or "",
            text=row.body or "",
            sent_at=row.sent_at,
            edited_at=row.edited_at,
            kept_until=row.expires_at,
        )
        for row, room in db.exec(query).all()
    ]


def _count_at(db: Session, user: User, place: Place, now: datetime) -> tuple[int, datetime | None]:
    query = (
        select(
            func.count(),
            func.max(tables.Message.expires_at, type_=tables.UtcTime()),
            func.max(tables.Visit.ends_at, type_=tables.UtcTime()),
        )
        .select_from(tables.Message)
        .join(tables.Room, col(tables.Room.id) == col(tables.Message.room_id))
        .outerjoin(tables.Visit, col(tables.Visit.id) == col(tables.Message.visit_id))
        .where(*_is_held(user, place, now))
    )
    number, *ends = db.exec(query).one()
    expires_at, visit_ends_at = ends  # of no rows there is no last
    # A guest's words go with the visit, if that is earlier.
    if user.is_anonymous and expires_at is not None and visit_ends_at is not None:
        expires_at = min(expires_at, visit_ends_at + place.guest_grace)
    return number, expires_at


def _is_held(user: User, place: Place, now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        col(tables.Room.place_id) == place.id,
        col(tables.Message.author_id) == user.id,
        col(tables.Message.removed_at).is_(None),
        still_kept(place, now),
    )
