"""Passkeys: what is kept of one, and the challenge that a ceremony answers."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from treno_chat.domain.ids import SessionId, UserId


class Ceremony(StrEnum):
    """The two ceremonies of WebAuthn."""

    REGISTRATION = "registration"
    AUTHENTICATION = "authentication"


@dataclass(frozen=True, kw_only=True, slots=True)
class Challenge:
    """A nonce given out once, bound to one browser by `handle_hash` and, if any, its session.

    `sign_up` holds the sealed answers of the form while the ceremony runs.
    """

    id: str
    handle_hash: str
    ceremony: Ceremony
    challenge: bytes = field(repr=False)
    session_id: SessionId | None = None
    user_id: UserId | None = None
    sign_up: str | None = field(default=None, repr=False)
    expires_at: datetime
