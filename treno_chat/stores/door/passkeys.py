"""Passkeys in the database."""

from datetime import datetime

from sqlalchemy import LargeBinary, bindparam
from sqlmodel import Session, col, delete, select, update

from treno_chat.domain.door.passkeys import Assertion, Passkey
from treno_chat.domain.ids import UserId
from treno_chat.stores import tables
from treno_chat.stores.adding import add_unless_there
from treno_chat.stores.tables.base import UtcTime

# Built once: every sign-in asks these.
_BY_CREDENTIAL = select(tables.Passkey).where(
    tables.Passkey.credential_id == bindparam("named", type_=LargeBinary)
)
_USE = (
    update(tables.Passkey)
    .where(
        col(tables.Passkey.id) == bindparam("used"),
        col(tables.Passkey.sign_count) == bindparam("count_before"),
    )
    .values(
        sign_count=bindparam("count"),
        is_backed_up=bindparam("backed_up"),
        used_at=bindparam("at", type_=UtcTime),
    )
    .execution_options(synchronize_session=False)
)


def get(db: Session, credential_id: bytes) -> Passkey | None:
    """Return the passkey with this id of the protocol, or None."""
    row = db.exec(_BY_CREDENTIAL, params={"named": credential_id}).first()
    return None if row is None else _passkey(row)


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
    return db.exec(_USE, params=proved).rowcount == 1


def rename(db: Session, passkey_id: str, *, name: str) -> None:
    """Call a passkey something else."""
    query = update(tables.Passkey).where(col(tables.Passkey.id) == passkey_id)
    db.exec(query.values(name=name))


def remove(db: Session, passkey_id: str) -> None:
    """Delete a passkey: it opens nothing any more."""
    db.exec(delete(tables.Passkey).where(col(tables.Passkey.id) == passkey_id))


def _passkey(row: tables.Passkey) -> Passkey:
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
