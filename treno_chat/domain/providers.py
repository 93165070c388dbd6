"""Providers: who else vouches for people, by OpenID Connect."""

from dataclasses import dataclass, field
from datetime import datetime

from treno_chat.domain.ids import SessionId


@dataclass(frozen=True, kw_only=True, slots=True)
class Provider:
    """A provider of the operator's choice, and who we are to it."""

    name: str
    label: str
    issuer: str
    client_id: str
    client_secret: str = field(default="", repr=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class Attempt:
    """A login on its way through a provider, known by the hash of what its browser holds.

    With a `session_id` it is to be one more way in for somebody who is signed in.
    """

    provider: str
    state_hash: str
    nonce: str = field(repr=False)
    verifier: str = field(repr=False)
    session_id: SessionId | None
    subject: str | None = field(repr=False)
    place_slug: str
    wish: str
    expires_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Identity:
    """Who a provider says somebody is: no more than a name of its own for them."""

    issuer: str
    subject: str = field(repr=False)
    label: str
