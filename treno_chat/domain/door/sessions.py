"""Signed-in browsers: the session, its ends, and who is behind a request."""

import hashlib
import secrets
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from treno_chat.domain.ids import PlaceId, SessionId, UserId, VisitId
from treno_chat.domain.people import User


@dataclass(frozen=True, kw_only=True, slots=True)
class Device:
    """Where a request came from, as the server saw it."""

    address: str
    user_agent: str


class Holder(Protocol):
    """Whoever holds a session: whose it is never changes, so nothing has to be asked anew."""

    @property
    def session_id(self) -> SessionId:
        """The session."""
        ...

    @property
    def user_id(self) -> UserId:
        """The person."""
        ...


@dataclass(frozen=True, kw_only=True, slots=True)
class LoginSession:
    """A signed-in browser; only the hash of its token is kept anywhere."""

    id: SessionId
    user_id: str
    created_at: datetime
    authenticated_at: datetime
    last_seen_at: datetime
    idle_ends_at: datetime
    ends_at: datetime

    def is_live(self, now: datetime) -> bool:
        """Say whether neither end has passed."""
        return now < self.idle_ends_at and now < self.ends_at


@dataclass(frozen=True, kw_only=True, slots=True)
class Principal:
    """Who is behind a request or an event: looked up by the server, never told by the client."""

    user: User
    session: LoginSession
    visit_id: VisitId | None
    place_id: PlaceId | None

    @property
    def session_id(self) -> SessionId:
        """The session that they hold."""
        return self.session.id

    @property
    def user_id(self) -> UserId:
        """The person that they are."""
        return self.user.id


@dataclass(frozen=True, kw_only=True, slots=True)
class Entered:
    """What an entry hands to the HTTP edge: the person, and the secret for the cookie."""

    principal: Principal
    session_token: str = field(repr=False)


def new_token() -> str:
    """Return a fresh 256-bit secret (S27)."""
    return secrets.token_urlsafe(32)


def hash_token(token: str) -> str:
    """Return what may be stored of a token: its SHA-256, in hexadecimal."""
    return hashlib.sha256(token.encode()).hexdigest()
