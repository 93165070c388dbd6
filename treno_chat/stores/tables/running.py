"""What the program tells itself and others: signals, leases, notices, events."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from treno_chat.stores.tables.base import UtcTime


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
    # None: never yet. Taking it is not doing it.
    done_at: datetime | None = Field(default=None, sa_type=UtcTime)


class Notice(SQLModel, table=True):
    """What a person must be told of their account, in every live session or at the next entry."""

    id: str = Field(primary_key=True)
    user_id: str = Field(foreign_key="user.id", ondelete="CASCADE", index=True)
    kind: str
    subject: str = ""  # what it is about: a passkey's name, a recovery's id
    made_at: datetime = Field(sa_type=UtcTime)
    read_at: datetime | None = Field(default=None, sa_type=UtcTime)


class Outbox(SQLModel, table=True):
    """What development would have sent by SMS or mail; production refuses to start with it."""

    id: str = Field(primary_key=True)
    channel: str
    recipient_sealed: bytes
    body_sealed: bytes
    made_at: datetime = Field(sa_type=UtcTime, index=True)


class AuthEvent(SQLModel, table=True):
    """What happened around an account: only ever added to, and no person's row is needed for it."""

    id: str = Field(primary_key=True)
    at: datetime = Field(sa_type=UtcTime, index=True)
    kind: str
    outcome: str
    user_id: str | None = Field(default=None, index=True)
    session_id: str | None = None
    address: str = ""
    detail: str = ""
