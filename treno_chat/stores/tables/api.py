"""What the API adds: the keys that sign, the second ways in, and a person's own tasks."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint, false, text
from sqlmodel import Field, SQLModel

from treno_chat.stores.tables.base import UtcTime


class SigningKey(SQLModel, table=True):
    """A key pair of ours; the private half is only ever stored encrypted."""

    kid: str = Field(primary_key=True)
    algorithm: str
    public_jwk: str
    private_sealed: bytes
    created_at: datetime = Field(sa_type=UtcTime)
    retired_at: datetime | None = Field(default=None, sa_type=UtcTime)


class Password(SQLModel, table=True):
    """An address of mail and the hash of a password: the second way in, never required.

    Until a mail proved that the address is theirs, it opens nothing, and others may name it too.
    """

    user_id: str = Field(primary_key=True, foreign_key="user.id", ondelete="CASCADE")
    email_sealed: bytes
    email_fingerprint: str = Field(index=True)  # keyed hash, for look-up
    password_hash: str
    changed_at: datetime = Field(sa_type=UtcTime)
    confirmed_at: datetime | None = Field(default=None, sa_type=UtcTime)

    __table_args__ = (
        Index(
            "uq_password_email_confirmed",
            "email_fingerprint",
            unique=True,
            sqlite_where=text("confirmed_at IS NOT NULL"),
            postgresql_where=text("confirmed_at IS NOT NULL"),
        ),
    )


class MailLink(SQLModel, table=True):
    """A link on its way by mail; its token is only known by its hash, and works once.

    A decoy stands for an address that is nobody's: it has no person, and opens nothing.
    """

    token_hash: str = Field(primary_key=True)
    purpose: str
    user_id: str | None = Field(default=None, foreign_key="user.id", ondelete="CASCADE", index=True)
    made_at: datetime = Field(sa_type=UtcTime)
    expires_at: datetime = Field(sa_type=UtcTime, index=True)
    used_at: datetime | None = Field(default=None, sa_type=UtcTime)


class ExternalLogin(SQLModel, table=True):
    """Who a person is to an OpenID Connect provider."""

    issuer: str = Field(primary_key=True)
    subject: str = Field(primary_key=True)
    user_id: str = Field(foreign_key="user.id", ondelete="CASCADE", index=True)
    created_at: datetime = Field(sa_type=UtcTime)
    used_at: datetime | None = Field(default=None, sa_type=UtcTime)


class ExternalAttempt(SQLModel, table=True):
    """A login on its way through a provider, bound to one browser by the hash of its cookie.

    With `subject_sealed` the provider has answered, and somebody new is choosing an alias.
    """

    handle_hash: str = Field(primary_key=True)
    provider: str
    state_hash: str
    nonce: str
    verifier_sealed: bytes
    session_id: str | None = None
    subject_sealed: bytes | None = None
    place_slug: str = ""
    wish: str = ""
    expires_at: datetime = Field(sa_type=UtcTime, index=True)


class Task(SQLModel, table=True):
    id: str = Field(primary_key=True)
    user_id: str = Field(foreign_key="user.id", ondelete="CASCADE")
    title: str
    description: str = ""
    created_at: datetime = Field(sa_type=UtcTime)
    updated_at: datetime = Field(sa_type=UtcTime)
    done_at: datetime | None = Field(default=None, sa_type=UtcTime)

    __table_args__ = (Index("ix_task_user_id_id", "user_id", "id"),)


class Conversation(SQLModel, table=True):
    """A person's own talk with the assistant; nobody else ever reads it.

    `pending` is JSON, what the assistant asked back; `folded` the title as it is searched for.
    """

    id: str = Field(primary_key=True)
    user_id: str = Field(foreign_key="user.id", ondelete="CASCADE")
    title: str
    created_at: datetime = Field(sa_type=UtcTime)
    updated_at: datetime = Field(sa_type=UtcTime)
    last_seq: int = 0
    pending: str = Field(default="", sa_column_kwargs={"server_default": ""})
    folded: str = Field(default="", sa_column_kwargs={"server_default": ""})

    __table_args__ = (Index("ix_conversation_user_id_updated_at", "user_id", "updated_at", "id"),)


class Utterance(SQLModel, table=True):
    """A question or its answer; `sources` is JSON, at most three quoted passages.

    `folded` is the body as it is searched for.
    """

    id: str = Field(primary_key=True)
    conversation_id: str = Field(foreign_key="conversation.id", ondelete="CASCADE")
    user_id: str = Field(foreign_key="user.id", ondelete="CASCADE", index=True)
    seq: int
    client_id: str
    role: str
    status: str
    body: str
    sources: str = "[]"
    answers_id: str | None = Field(
        default=None, foreign_key="utterance.id", ondelete="CASCADE", index=True
    )
    place_id: str | None = Field(
        default=None, foreign_key="place.id", ondelete="SET NULL", index=True
    )
    engine: str = ""
    latency_ms: int | None = None
    is_degraded: bool = False
    is_refusal: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    is_truncated: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    has_acted: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    rating: int | None = None
    folded: str = Field(default="", sa_column_kwargs={"server_default": ""})
    said_at: datetime = Field(sa_type=UtcTime)

    __table_args__ = (
        UniqueConstraint("conversation_id", "seq"),
        UniqueConstraint("conversation_id", "client_id"),
    )
