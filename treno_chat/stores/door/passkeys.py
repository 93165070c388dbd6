"""Passkeys in the database."""

from datetime import datetime
from typing import Any

from sqlalchemy import LargeBinary, bindparam
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, delete, select, update

from treno_chat.domain.door.passkeys import Assertion, Passkey
from treno_chat.domain.ids import UserId
from treno_chat.stores import tables
from treno_chat.stores.adding import add_unless_there
from treno_chat.stores.tables.base import UtcTime

_passkeys, _user = tables.metadata.tables["passkey"], tables.metadata.tables["user"].c
# Built once, and of columns: every sign-in asks these.
_BY_CREDENTIAL = (
    select_columns(_passkeys, _user.handle)
    .join(tables.User, _user.id == _passkeys.c.user_id)
    .where(_passkeys.c.credential_id == bindparam("named", type_=LargeBinary))
)
_USE = (
    update(_passkeys)
    .where(
        _passkeys.c.id == bindparam("used"),
        _passkeys.c.sign_count == bindparam("count_before"),
    )
    .values(
        sign_count=bindparam("count"),
        is_backed_up=bindparam("backed_up"),
        used_at=bindparam("at", type_=UtcTime),
    )
)


def get_with_handle(db: Session, credential_id: bytes) -> tuple[Passkey, bytes | None] | None:
    """Return the passkey with this id of the protocol, and its owner's user handle; or None."""
    row = db.connection().execute(_BY_CREDENTIAL, {"named": credential_id}).first()
    return None if row is None else (_passkey(row), row.handle)


def of_person(db: Session, user_id: UserId) -> tuple[Passkey, ...]:
    """Return a person's passkeys, the oldest first."""
    query = (
        select(tables.Passkey)
        .where(tables.Passkey.user_id == user_id)
        .order_by(col(tables.Passkey.created_at), col(tables.Passkey.id))
        .execution_options(populate_existing=True)
    )
    return tuple(_passkey(row) for row in db.exec(query).all())


def add(db: Session, passkey: Passkey) -> bool:
    """Store a new passkey; False when its credential is somebody's already, be it their own."""
    row = tables.Passkey(
        id=passkey.id,
        user_id=passkey.user_id,
        credential_id=passkey.credential_id,
        public_key=passkey.public_key,
        sign_count=passkey.sign_count,
        transports=",".join(passkey.transports),
        aaguid=passkey.aaguid,
        is_backup_eligible=passkey.is_backup_eligible,
        is_backed_up=passkey.is_backed_up,
        name=passkey.name,
        created_at=passkey.created_at,
        used_at=passkey.used_at,
    )
    return add_unless_there(db, row)


def use(db: Session, passkey: Passkey, assertion: Assertion, *, at: datetime) -> bool:
    """Keep what an authentication proved; False when the passkey has moved on since it was read."""
    proved = {
        "used": passkey.id,
        "count_before": passkey.sign_count,
        "count": assertion.sign_count,
        "backed_up": assertion.is_backed_up,
        "at": at,
    }
    return db.connection().execute(_USE, proved).rowcount == 1


def rename(db: Session, passkey_id: str, *, name: str) -> None:
    """Call a passkey something else."""
    query = update(tables.Passkey).where(col(tables.Passkey.id) == passkey_id)
    db.exec(query.values(name=name))


def remove(db: Session, passkey_id: str) -> None:
    """Delete a passkey: it opens nothing any more."""
    db.exec(delete(tables.Passkey).where(col(tables.Passkey.id) == passkey_id))


def remove_all_of(db: Session, user_id: UserId) -> int:
    """Delete every passkey of a person, and return how many those were."""
    return db.exec(delete(tables.Passkey).where(col(tables.Passkey.user_id) == user_id)).rowcount


def _passkey(row: Any) -> Passkey:  # noqa: ANN401 -- a row knows its columns only when it runs
    return Passkey(
        id=row.id,
        user_id=row.user_id,
        credential_id=row.credential_id,
        public_key=row.public_key,
        sign_count=row.sign_count,
        transports=tuple(row.transports.split(",")) if row.transports else (),
        aaguid=row.aaguid,
        is_backup_eligible=row.is_backup_eligible,
        is_backed_up=row.is_backed_up,
        name=row.name,
        created_at=row.created_at,
        used_at=row.used_at,
    )
