"""People in the database."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, select
from sqlmodel import Session, col, update

from treno_chat.domain.account.accounts import Taste
from treno_chat.domain.door.alias import Alias
from treno_chat.domain.ids import UserId
from treno_chat.domain.people import Gender, User
from treno_chat.stores import tables

_user = tables.metadata.tables["user"]
# Built once, and of columns: whoever comes in is asked for by these.
_ADD = insert(_user)
_is_meant = _user.c.id == bindparam("who")
_PERSON = select(
    _user.c.id, _user.c.alias, _user.c.gender, _user.c.is_anonymous, _user.c.status_line
)
_FIND = _PERSON.where(_is_meant)
_FIND_ADMITTED = _FIND.where(_user.c.disabled_at.is_(None))
_SKELETON = select(_user.c.alias_skeleton).where(_is_meant)
_HANDLE = select(_user.c.handle).where(_is_meant)
_DISABLED_AT = select(_user.c.disabled_at).where(_is_meant)
_HOLD = select(_user.c.id).where(_is_meant).with_for_update()
_KEEP = select(_user.c.id).where(_is_meant).with_for_update(read=True, key_share=True)


def get(db: Session, user_id: UserId) -> User | None:
    """Return the person with this id, or None."""
    row = db.connection().execute(_FIND, {"who": user_id}).first()
    return None if row is None else to_user(row)


def find(db: Session, user_id: UserId) -> User:
    """Return a person who is known to be there, as the owner of a row that points to them."""
    return to_user(db.connection().execute(_FIND, {"who": user_id}).one())


def find_admitted(db: Session, user_id: UserId) -> User | None:
    """Return a person who is known to be there; None when an operator shut them out."""
    row = db.connection().execute(_FIND_ADMITTED, {"who": user_id}).first()
    return None if row is None else to_user(row)


def add(db: Session, user: User, *, skeleton: str, created_at: datetime) -> None:
    """Store a new guest."""
    row = {
        **asdict(user),
        "alias_skeleton": skeleton,
        "phone_uses": 0,
        "created_at": created_at,
    }
    db.connection().execute(_ADD, row)


def skeleton_of(db: Session, user_id: UserId) -> str:
    """Return what this person's alias shares with all that look like it."""
    return db.connection().execute(_SKELETON, {"who": user_id}).scalar_one()


def handle_of(db: Session, user_id: UserId) -> bytes | None:
    """Return the WebAuthn user handle of a registered person; None for anybody else."""
    return db.connection().execute(_HANDLE, {"who": user_id}).scalar()


def is_disabled(db: Session, user_id: UserId) -> bool:
    """Say whether an operator shut a person out."""
    return disabled_at(db, user_id) is not None


def disabled_at(db: Session, user_id: UserId) -> datetime | None:
    """Return when an operator shut a person out; None for whoever may come in."""
    return db.connection().execute(_DISABLED_AT, {"who": user_id}).scalar()


def disable(db: Session, user_id: UserId, *, at: datetime | None) -> None:
    """Shut a person out, or (None) let them in again."""
    query = update(tables.User).where(col(tables.User.id) == user_id)
    db.exec(query.values(disabled_at=at))


def hold(db: Session, user_id: UserId) -> None:
    """Keep everybody else from changing a person's account until the unit ends."""
    db.connection().execute(_HOLD, {"who": user_id})


def keep(db: Session, user_id: UserId) -> None:
    """Let a person be there until the unit ends, as whatever points at them does."""
    db.connection().execute(_KEEP, {"who": user_id})


def register(
    db: Session,
    user_id: UserId,
    *,
    alias: Alias,
    gender: Gender,
    handle: bytes,
    phone_sealed: bytes | None,
    phone_fingerprint: str | None,
    at: datetime,
) -> bool:
    """Make a guest a registered person; False when somebody was faster."""
    query = (
        update(tables.User)
        .where(col(tables.User.id) == user_id, col(tables.User.is_anonymous).is_(True))
        .values(
            alias=alias.text,
            alias_skeleton=alias.skeleton,
            gender=gender,
            is_anonymous=False,
            handle=handle,
            phone_sealed=phone_sealed,
            phone_fingerprint=phone_fingerprint,
            registered_at=at,
            # Whoever makes an account means to stay, whatever they asked for a moment ago.
            erasure_due_at=None,
        )
    )
    return db.exec(query).rowcount == 1


def of_phone(db: Session, phone_fingerprint: str) -> list[User]:
    """Return the people who named this number for recovery, the oldest account first."""
    query = _PERSON.where(
        _user.c.phone_fingerprint == phone_fingerprint, _user.c.disabled_at.is_(None)
    )
    return [to_user(row) for row in db.connection().execute(query.order_by(_user.c.id))]


def change_taste(db: Session, user_id: UserId, taste: Taste) -> None:
    """Store a language or a theme; None leaves what there is."""
    chosen = {"language": taste.language, "theme": taste.theme}
    values = {name: value for name, value in chosen.items() if value is not None}
    if values:
        db.exec(update(tables.User).where(col(tables.User.id) == user_id).values(values))


def change_profile(
    db: Session,
    user_id: UserId,
    *,
    alias: Alias,
    gender: Gender,
    status_line: str,
    language: str | None,
    theme: str | None,
) -> None:
    """Store what a person says of themselves from now on."""
    query = update(tables.User).where(col(tables.User.id) == user_id)
    db.exec(
        query.values(
            alias=alias.text,
            alias_skeleton=alias.skeleton,
            gender=gender,
            status_line=status_line,
            language=language,
            theme=theme,
        )
    )


def count_phone_use(db: Session, user_id: UserId) -> None:
    """Keep that the phone brought a person back once more."""
    query = update(tables.User).where(col(tables.User.id) == user_id)
    db.exec(query.values(phone_uses=col(tables.User.phone_uses) + 1))


def change_phone(
    db: Session, user_id: UserId, *, phone_sealed: bytes, phone_fingerprint: str
) -> None:
    """Store the number that a person proved to have."""
    query = update(tables.User).where(col(tables.User.id) == user_id)
    db.exec(query.values(phone_sealed=phone_sealed, phone_fingerprint=phone_fingerprint))


def forget_phone(db: Session, user_id: UserId) -> None:
    """Keep no number of a person any more."""
    query = update(tables.User).where(col(tables.User.id) == user_id)
    db.exec(query.values(phone_sealed=None, phone_fingerprint=None))


def to_user(row: Any) -> User:  # noqa: ANN401 -- a row knows its columns' names only when it runs
    """Return the value that a row stands for."""
    return User(
        id=row.id,
        alias=row.alias,
        gender=Gender(row.gender),
        is_anonymous=row.is_anonymous,
        status_line=row.status_line,
    )
