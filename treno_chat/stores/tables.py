"""The tables: text ids ordered by time, aware UTC times, deletions that follow the person."""

from datetime import UTC, datetime

from sqlalchemy import DateTime, Index, MetaData, UniqueConstraint, text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
metadata: MetaData = SQLModel.metadata


class UtcTime(TypeDecorator[datetime]):
    """An aware UTC time on both databases; SQLite itself would forget the zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a naive time rather than guess its zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            message = "a time without a zone"
            raise ValueError(message)
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the zone back."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class User(SQLModel, table=True):
    id: str = Field(primary_key=True)
    alias: str
    alias_skeleton: str = Field(index=True)
    gender: str
    is_anonymous: bool
    handle: bytes | None = Field(default=None, unique=True)  # WebAuthn user handle, 64 random bytes
    phone_sealed: bytes | None = None  # encrypted E.164
    phone_fingerprint: str | None = Field(default=None, index=True)  # keyed hash, for look-up
    created_at: datetime = Field(sa_type=UtcTime)
    registered_at: datetime | None = Field(default=None, sa_type=UtcTime)


class LoginSession(SQLModel, table=True):
    id: str = Field(primary_key=True)
    user_id: str = Field(foreign_key="user.id", ondelete="CASCADE", index=True)
    token_hash: str = Field(unique=True)
    address: str
    user_agent: str
    created_at: datetime = Field(sa_type=UtcTime)
    authenticated_at: datetime = Field(sa_type=UtcTime)
    last_seen_at: datetime = Field(sa_type=UtcTime)
    idle_ends_at: datetime = Field(sa_type=UtcTime)
    ends_at: datetime = Field(sa_type=UtcTime, index=True)


class Passkey(SQLModel, table=True):
    id: str = Field(primary_key=True)
    user_id: str = Field(foreign_key="user.id", ondelete="CASCADE", index=True)
    credential_id: bytes = Field(unique=True)
    public_key: bytes
    sign_count: int
    transports: str  # comma-separated, as the browser reported them
    aaguid: str
    is_backup_eligible: bool
    is_backed_up: bool
    name: str
    created_at: datetime = Field(sa_type=UtcTime)
    used_at: datetime | None = Field(default=None, sa_type=UtcTime)


class Challenge(SQLModel, table=True):
    id: str = Field(primary_key=True)
    handle_hash: str = Field(unique=True)  # of the cookie that binds it to one browser
    ceremony: str
    challenge: bytes
    session_id: str | None = None
    user_id: str | None = None
    sign_up: str | None = None  # sealed answers of the sign-up form, while the ceremony runs
    expires_at: datetime = Field(sa_type=UtcTime, index=True)


class Place(SQLModel, table=True):
    id: str = Field(primary_key=True)
    slug: str = Field(unique=True)
    name: str
    kind: str
    timezone: str
    retention_seconds: int
    guest_grace_seconds: int
    created_at: datetime = Field(sa_type=UtcTime)


class Visit(SQLModel, table=True):
    """A person at a place; a guest's ends with the session, `ends_at` says when at the latest."""

    id: str = Field(primary_key=True)
    user_id: str = Field(foreign_key="user.id", ondelete="CASCADE")
    place_id: str = Field(foreign_key="place.id", ondelete="CASCADE")
    alias_skeleton: str
    entered_at: datetime = Field(sa_type=UtcTime)
    ends_at: datetime | None = Field(default=None, sa_type=UtcTime)
    left_at: datetime | None = Field(default=None, sa_type=UtcTime)

    __table_args__ = (
        Index(
            "uq_visit_alias_present",
            "place_id",
            "alias_skeleton",
            unique=True,
            sqlite_where=text("left_at IS NULL"),
            postgresql_where=text("left_at IS NULL"),
        ),
        Index(
            "uq_visit_user_present",
            "user_id",
            "place_id",
            unique=True,
            sqlite_where=text("left_at IS NULL"),
            postgresql_where=text("left_at IS NULL"),
        ),
    )


class AliasQuarantine(SQLModel, table=True):
    """The hash of an alias that nobody may take up again for a while."""

    place_id: str = Field(primary_key=True, foreign_key="place.id", ondelete="CASCADE")
    skeleton_hash: str = Field(primary_key=True)
    until: datetime = Field(sa_type=UtcTime, index=True)


class StaffRole(SQLModel, table=True):
    user_id: str = Field(primary_key=True, foreign_key="user.id", ondelete="CASCADE")
    place_id: str = Field(primary_key=True, foreign_key="place.id", ondelete="CASCADE")
    role: str
    granted_at: datetime = Field(sa_type=UtcTime)


class Room(SQLModel, table=True):
    id: str = Field(primary_key=True)
    place_id: str = Field(foreign_key="place.id", ondelete="CASCADE")
    slug: str
    name: str
    kind: str
    position: int
    last_seq: int = 0
    last_rev: int = 0

    __table_args__ = (UniqueConstraint("place_id", "slug"),)


class Membership(SQLModel, table=True):
    user_id: str = Field(primary_key=True, foreign_key="user.id", ondelete="CASCADE")
    room_id: str = Field(primary_key=True, foreign_key="room.id", ondelete="CASCADE", index=True)
    last_read_seq: int = 0
    joined_at: datetime = Field(sa_type=UtcTime)


class Message(SQLModel, table=True):
    """`expires_at` is when it goes at the latest; a guest's goes earlier, with the visit."""

    id: str = Field(primary_key=True)
    room_id: str = Field(foreign_key="room.id", ondelete="CASCADE")
    seq: int
    rev: int
    client_id: str
    kind: str
    author_id: str | None = Field(default=None, foreign_key="user.id", ondelete="SET NULL")
    visit_id: str | None = Field(
        default=None, foreign_key="visit.id", ondelete="SET NULL", index=True
    )
    author_alias: str | None = None
    author_gender: str | None = None
    author_is_anonymous: bool | None = None
    author_is_staff: bool | None = None
    body: str | None = None
    sent_at: datetime = Field(sa_type=UtcTime)
    edited_at: datetime | None = Field(default=None, sa_type=UtcTime)
    removed_at: datetime | None = Field(default=None, sa_type=UtcTime)
    expires_at: datetime = Field(sa_type=UtcTime, index=True)

    __table_args__ = (
        UniqueConstraint("room_id", "seq"),
        UniqueConstraint("author_id", "client_id"),
        Index("ix_message_room_id_rev", "room_id", "rev"),
    )


class Signal(SQLModel, table=True):
    """A word from the command line to the running servers, read once a second."""

    id: str = Field(primary_key=True)
    kind: str
    payload: str
    sent_at: datetime = Field(sa_type=UtcTime, index=True)


class JobLease(SQLModel, table=True):
    """Who runs a job: one runner at a time across processes."""

    name: str = Field(primary_key=True)
    holder: str
    until: datetime = Field(sa_type=UtcTime)
