"""A person, and the browsers they are signed in with."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from treno_chat.stores.tables.base import UtcTime


class User(SQLModel, table=True):
    id: str = Field(primary_key=True)
    alias: str
    alias_skeleton: str = Field(index=True)
    gender: str
    is_anonymous: bool
    handle: bytes | None = Field(default=None, unique=True)  # WebAuthn user handle, 64 random bytes
    phone_sealed: bytes | None = None  # encrypted E.164
    phone_fingerprint: str | None = Field(default=None, index=True)  # keyed hash, for look-up
    status_line: str = ""
    language: str | None = None
    theme: str | None = None
    phone_uses: int = 0  # how often it brought the person back: told in the privacy ledger
    created_at: datetime = Field(sa_type=UtcTime)
    registered_at: datetime | None = Field(default=None, sa_type=UtcTime)
    disabled_at: datetime | None = Field(default=None, sa_type=UtcTime)
    erasure_due_at: datetime | None = Field(default=None, sa_type=UtcTime, index=True)


class LoginSession(SQLModel, table=True):
    id: str = Field(primary_key=True)
    user_id: str = Field(foreign_key="user.id", ondelete="CASCADE", index=True)
    place_id: str | None = Field(default=None, foreign_key="place.id", ondelete="SET NULL")
    token_hash: str = Field(unique=True)
    address: str
    user_agent: str
    created_at: datetime = Field(sa_type=UtcTime)
    authenticated_at: datetime = Field(sa_type=UtcTime)
    last_seen_at: datetime = Field(sa_type=UtcTime)
    idle_ends_at: datetime = Field(sa_type=UtcTime)
    ends_at: datetime = Field(sa_type=UtcTime, index=True)


class NoticeMark(SQLModel, table=True):
    """In which session a notice was put away: every other one tells it all the same."""

    notice_id: str = Field(primary_key=True, foreign_key="notice.id", ondelete="CASCADE")
    # No key: the mark of a session that is over says nothing, and goes with its notice.
    session_id: str = Field(primary_key=True)
