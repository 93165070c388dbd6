"""People and sessions in the database, as lists for an operator: newest first, a page at a time."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, func, or_, select

from treno_chat.domain.door.devices import device_name
from treno_chat.domain.ids import PlaceId, UserId
from treno_chat.domain.operations.roster import Kind, PersonLine, SessionLine
from treno_chat.stores import tables
from treno_chat.stores.door.login_sessions import is_live

_IS_OF_KIND: dict[Kind, tuple[ColumnElement[bool], ...]] = {
    Kind.ALL: (),
    Kind.REGISTERED: (col(tables.User.is_anonymous).is_(False),),
    Kind.GUESTS: (col(tables.User.is_anonymous).is_(True),),
    Kind.DISABLED: (col(tables.User.disabled_at).is_not(None),),
}


def people(
    db: Session, *, now: datetime, kind: Kind, before: UserId | None, limit: int
) -> tuple[PersonLine, ...]:
    """Return a page of the people of a kind, those who came before `before` if given."""
    is_older = () if before is None else (col(tables.User.id) < before,)
    return _people(db, *_IS_OF_KIND[kind], *is_older, now=now, limit=limit)


def people_by(
    db: Session, *, now: datetime, skeleton: str, user_ids: Collection[UserId], limit: int
) -> tuple[PersonLine, ...]:
    """Return the people whose alias has this in it by its look, and those with these ids."""
    is_alike = col(tables.User.alias_skeleton).contains(skeleton, autoescape=True)
    is_named = col(tables.User.id).in_(user_ids)
    return _people(db, or_(is_alike, is_named) if skeleton else is_named, now=now, limit=limit)


def ids_of_phone(db: Session, phone_fingerprint: str) -> list[UserId]:
    """Return whose number this is, whether they may come in or not."""
    query = select(tables.User.id).where(tables.User.phone_fingerprint == phone_fingerprint)
    return list(db.exec(query).all())


def ids_of_address(db: Session, email_fingerprint: str) -> list[UserId]:
    """Return who named this address of mail, proven or not."""
    query = select(tables.Password.user_id).where(
        tables.Password.email_fingerprint == email_fingerprint
    )
    return list(db.exec(query).all())


def ids_of_everybody_signed_in(db: Session) -> list[UserId]:
    """Return everybody who has a session, live or not."""
    owner = col(tables.LoginSession.user_id)
    return list(db.exec(select(owner).distinct().order_by(owner)).all())


def sessions(
    db: Session, *, now: datetime, user_id: UserId | None, place_id: PlaceId | None, limit: int
) -> tuple[SessionLine, ...]:
    """Return live sessions, of a person or at a place if given, the one seen last first."""
    query = (
        select(tables.LoginSession, tables.User.alias, tables.Place.slug)
        .join(tables.User, col(tables.User.id) == col(tables.LoginSession.user_id))
        .outerjoin(tables.Place, col(tables.Place.id) == col(tables.LoginSession.place_id))
        .where(is_live(now))
        .order_by(col(tables.LoginSession.last_seen_at).desc(), col(tables.LoginSession.id))
        .limit(limit)
    )
    if user_id is not None:
        query = query.where(tables.LoginSession.user_id == user_id)
    if place_id is not None:
        query = query.where(tables.LoginSession.place_id == place_id)
    return tuple(_line(row, alias, slug or "") for row, alias, slug in db.exec(query).all())


def _people(
    db: Session, *conditions: ColumnElement[bool], now: datetime, limit: int
) -> tuple[PersonLine, ...]:
    signed_in = (
        select(
            tables.LoginSession.user_id,
            func.count().label("number"),
            func.max(col(tables.LoginSession.last_seen_at)).label("seen_at"),
        )
        .where(is_live(now))
        .group_by(col(tables.LoginSession.user_id))
        .subquery()
    )
    query = (
        select(tables.User, signed_in.c.number, signed_in.c.seen_at)
        .outerjoin(signed_in, signed_in.c.user_id == col(tables.User.id))
        .where(*conditions)
        .order_by(col(tables.User.id).desc())
        .limit(limit)
    )
    return tuple(
        PersonLine(
            id=row.id,
            alias=row.alias,
            is_registered=not row.is_anonymous,
            sessions=number or 0,
            seen_at=seen_at,
            created_at=row.created_at,
            disabled_at=row.disabled_at,
        )
        for row, number, seen_at in db.exec(query).all()
    )


def _line(row: tables.LoginSession, alias: str, slug: str) -> SessionLine:
    device = device_name(row.user_agent)
    return SessionLine(
        id=row.id,
        user_id=row.user_id,
        alias=alias,
        device=" ".join(filter(None, (device.browser, device.system))) or device.kind.value,
        place=slug,
        address=row.address,
        created_at=row.created_at,
        seen_at=row.last_seen_at,
        ends_at=min(row.idle_ends_at, row.ends_at),
    )
