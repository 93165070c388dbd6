"""What a person proves themselves with: passkeys, codes, and the phone for recovery."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from treno_chat.stores.tables.base import UtcTime


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


class Verification(SQLModel, table=True):
    """A code on its way to a phone, bound to one browser; kept a day, to count what a number got.

    A decoy stands for a number that is nobody's: nothing was sent, and no code fits.
    """

    id: str = Field(primary_key=True)
    handle_hash: str = Field(unique=True)  # of the cookie that binds it to one browser
    purpose: str
    user_id: str | None = Field(default=None, foreign_key="user.id", ondelete="CASCADE", index=True)
    session_id: str | None = None
    phone_sealed: bytes
    phone_fingerprint: str = Field(index=True)
    prefix: str  # what numbers bought in bulk share
    network: str = Field(index=True)  # keyed hash of where it was asked for from
    is_decoy: bool
    code_hash: str  # keyed
    tries_left: int
    sent_at: datetime = Field(sa_type=UtcTime, index=True)
    expires_at: datetime = Field(sa_type=UtcTime)
    proven_at: datetime | None = Field(default=None, sa_type=UtcTime)


class CodeFailures(SQLModel, table=True):
    """Wrong codes, whatever code or browser they were for: no resend moves it.

    Counted by account, or for recovery by number: those that are nobody's are counted alike.
    """

    subject: str = Field(primary_key=True)
    in_window: int
    window_ends_at: datetime = Field(sa_type=UtcTime, index=True)
    in_a_row: int


class Recovery(SQLModel, table=True):
    """A way back in that was asked for by phone: in force at `effective_at` unless called off."""

    id: str = Field(primary_key=True)
    user_id: str = Field(foreign_key="user.id", ondelete="CASCADE", index=True)
    handle_hash: str = Field(unique=True)  # of the cookie that binds it to one browser
    address: str
    user_agent: str
    asked_at: datetime = Field(sa_type=UtcTime)
    effective_at: datetime = Field(sa_type=UtcTime)
    expires_at: datetime = Field(sa_type=UtcTime, index=True)
    cancelled_at: datetime | None = Field(default=None, sa_type=UtcTime)


class RecoveryCode(SQLModel, table=True):
    id: str = Field(primary_key=True)
    user_id: str = Field(foreign_key="user.id", ondelete="CASCADE", index=True)
    code_hash: str = Field(unique=True)  # keyed
    created_at: datetime = Field(sa_type=UtcTime)
    used_at: datetime | None = Field(default=None, sa_type=UtcTime)
