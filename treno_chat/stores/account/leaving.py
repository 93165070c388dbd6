"""A person who goes for good: what is theirs is deleted, and what they said says nothing more."""

from collections import Counter
from datetime import datetime, timedelta

from sqlalchemy import bindparam
from sqlalchemy.orm import aliased
from sqlmodel import Session, and_, col, delete, exists, func, or_, select, update

from treno_chat.domain.ids import PlaceId, RoomId, UserId
from treno_chat.domain.people import User
from treno_chat.domain.talk.messages import Message
from treno_chat.stores import tables
from treno_chat.stores.door.login_sessions import is_live
from treno_chat.stores.talk import rooms
from treno_chat.stores.talk.messages import to_message


def due(db: Session, *, before: datetime) -> list[UserId]:
    """Return who is to be erased since before a time, the longest first."""
    due_at = col(tables.User.erasure_due_at)
    return list(db.exec(select(tables.User.id).where(due_at <= before).order_by(due_at)).all())


def due_at(db: Session, user_id: UserId) -> datetime | None:
    """Return when a person is to be erased; None for whoever is not, or is no more."""
    query = select(tables.User.erasure_due_at).where(tables.User.id == user_id)
    return db.exec(query).first()


def set_due(db: Session, user_id: UserId, due_at: datetime | None) -> None:
    """Say when a person is to be erased, or (None) that they are not."""
    query = update(tables.User).where(col(tables.User.id) == user_id)
    db.exec(query.values(erasure_due_at=due_at))


def is_unopenable(db: Session, user_id: UserId, *, now: datetime) -> bool:
    """Say whether nobody is in an account, and nothing that is kept of it lets anybody in."""
    ways = (tables.Passkey, tables.Password, tables.ExternalLogin)
    query = select(tables.User.id).where(
        col(tables.User.id) == user_id,
        col(tables.User.is_anonymous).is_(False),
        col(tables.User.phone_sealed).is_(None),
        ~exists().where(col(tables.LoginSession.user_id) == user_id, is_live(now)),
        *(~exists().where(col(way.user_id) == user_id) for way in ways),
    )
    return db.exec(query).first() is not None


def places_visited(db: Session, user_id: UserId) -> list[PlaceId]:
    """Return where a person is at the moment."""
    query = select(tables.Visit.place_id).where(
        tables.Visit.user_id == user_id, col(tables.Visit.left_at).is_(None)
    )
    return list(db.exec(query).all())


def rooms_concerned(db: Session, user_id: UserId) -> list[RoomId]:
    """Return the rooms where a person said something, and those where they could just now."""
    said = select(tables.Message.room_id).where(tables.Message.author_id == user_id)
    query = select(tables.Room.id).where(
        or_(
            col(tables.Room.id).in_(said),
            col(tables.Room.place_id).in_(places_visited(db, user_id)),
        )
    )
    return sorted(db.exec(query).all())


def entomb(
    db: Session, room_id: RoomId, user: User, *, now: datetime, grace: timedelta
) -> list[Message]:
    """Leave tombstones without an author for all that a person said in a room; return them.

    A guest's go when the words would have gone, had the guest just left.
    """
    query = (
        select(tables.Message.id, tables.Message.expires_at)
        .where(
            tables.Message.room_id == room_id,
            tables.Message.author_id == user.id,
            col(tables.Message.removed_at).is_(None),
        )
        .order_by(col(tables.Message.seq))
    )
    found = db.exec(query).all()
    if not found:
        return []
    last_rev = rooms.take_revs(db, room_id, len(found))
    until = now + grace if user.is_anonymous else None
    changes = [
        {
            "message_id": message_id,
            "next_rev": last_rev - len(found) + number,
            "ends_at": expires_at if until is None else min(expires_at, until),
        }
        for number, (message_id, expires_at) in enumerate(found, start=1)
    ]
    db.connection().execute(_ENTOMB, [{**change, "now": now} for change in changes])
    ids = [message_id for message_id, _ in found]
    entombed = (
        select(tables.Message)
        .where(col(tables.Message.id).in_(ids))
        .order_by(col(tables.Message.rev))
        .execution_options(populate_existing=True)
    )
    return [to_message(row) for row in db.exec(entombed).all()]


def count(db: Session, user_id: UserId) -> Counter[str]:
    """Return how much of each kind is a person's."""
    kinds = {
        "sessions": tables.LoginSession.user_id,
        "passkeys": tables.Passkey.user_id,
        "codes": tables.RecoveryCode.user_id,
        "memberships": tables.Membership.user_id,
        "tasks": tables.Task.user_id,
        "conversations": tables.Conversation.user_id,
    }
    return Counter(
        {
            kind: db.exec(select(func.count()).where(col(owner) == user_id)).one()
            for kind, owner in kinds.items()
        }
    )


def remove(db: Session, user_id: UserId) -> None:
    """Delete a person, and with them whatever points to them.

    What a number got by SMS is counted on for the rest of the day, without the number: going and
    coming back must not be a way to have it get more.
    """
    _forget_numbers(db, user_id)
    session_ids = select(tables.LoginSession.id).where(tables.LoginSession.user_id == user_id)
    db.exec(
        delete(tables.Challenge)
        .where(
            or_(
                col(tables.Challenge.user_id) == user_id,
                col(tables.Challenge.session_id).in_(session_ids),
            )
        )
        .execution_options(synchronize_session=False)
    )
    db.exec(
        delete(tables.User)
        .where(col(tables.User.id) == user_id)
        .execution_options(synchronize_session=False)
    )


def _forget_numbers(db: Session, user_id: UserId) -> None:
    """Take the numbers out of the codes that were sent, as far as nobody else's way needs them.

    Those sent to come back belong to everybody who has the number; those sent to change one, to
    whoever asked.
    """
    verification, others = tables.Verification, aliased(tables.User)
    print_of = col(verification.phone_fingerprint)
    theirs = select(tables.User.phone_fingerprint).where(tables.User.id == user_id)
    is_shared = exists().where(col(others.phone_fingerprint) == print_of, col(others.id) != user_id)
    to_come_back = (
        print_of == theirs.scalar_subquery(),
        col(verification.user_id).is_(None),
        ~is_shared,
    )
    db.exec(
        update(verification)
        .where(or_(col(verification.user_id) == user_id, and_(*to_come_back)))
        .values(user_id=None, session_id=None, phone_sealed=b"")
        .execution_options(synchronize_session=False)
    )


_message = tables.metadata.tables["message"]
_ENTOMB = (
    _message.update()
    .where(_message.c.id == bindparam("message_id"))
    .values(
        rev=bindparam("next_rev"),
        expires_at=bindparam("ends_at"),
        removed_at=bindparam("now"),
        body=None,
        author_id=None,
        author_alias=None,
        author_gender=None,
        author_is_anonymous=None,
        author_is_staff=None,
    )
)
