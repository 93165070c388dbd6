"""Providers: who else vouches for people, by OpenID Connect, and what they must prove."""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol

import jwt
from jwt.exceptions import PyJWTError

from treno_chat.domain.ids import SessionId
from treno_chat.domain.refusals import Forbidden
from treno_chat.domain.tokens.access_tokens import KeySource

LEEWAY = timedelta(seconds=60)
MAX_AGE = timedelta(minutes=15)
MAX_TOKEN = 16 * 1024
MAX_SUBJECT = 255
_REQUIRED = ("iss", "aud", "exp", "iat", "sub", "nonce")
# Times are compared with our own clock, below.
_CHECKS = {"require": list(_REQUIRED), "verify_exp": False, "verify_iat": False}


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
    """A login on its way through a provider, bound to one browser.

    With a `session_id` it is to be one more way in for somebody who is signed in. With a `subject`
    the provider has answered, and somebody new is choosing an alias.
    """

    provider: str
    state_hash: str
    nonce: str = field(repr=False)
    verifier: str = field(repr=False)
    session_id: SessionId | None
    subject: str | None = field(default=None, repr=False)
    place_slug: str
    wish: str
    expires_at: datetime


class Voucher(Protocol):
    """Talks to providers; called in worker threads, never on the event loop."""

    def address(
        self, provider: Provider, *, state: str, nonce: str, challenge: str, redirect: str
    ) -> str:
        """Return where the browser is sent; raises Unavailable when nobody answers."""
        ...

    def redeem(self, provider: Provider, *, code: str, verifier: str, redirect: str) -> str:
        """Return the id token for a code; raises Forbidden or Unavailable."""
        ...

    def keys(self, provider: Provider) -> KeySource:
        """Return the keys that sign its id tokens."""
        ...


def subject_of(
    id_token: str, provider: Provider, *, keys: KeySource, nonce: str, now: datetime
) -> str:
    """Return whom an id token is about, once everything in it holds (OpenID Connect §3.1.3.7)."""
    claims = _proven(id_token, provider, keys)
    issued, expires = claims["iat"], claims["exp"]
    if type(issued) not in (int, float) or type(expires) not in (int, float):
        raise refused("times that are none")
    at, leeway = now.timestamp(), LEEWAY.total_seconds()
    if expires <= at - leeway or issued > at + leeway:
        raise refused("out of its time")
    if issued < at - leeway - MAX_AGE.total_seconds():
        raise refused("issued too long ago")
    if not isinstance(claims["nonce"], str) or not _is_same(claims["nonce"], nonce):
        raise refused("another browser's nonce")
    _require_for_us(claims, provider)
    subject = claims["sub"]
    if not 0 < len(subject) <= MAX_SUBJECT or not subject.isascii() or not subject.isprintable():
        raise refused("a subject that is none")
    return str(subject)


def refused(why: str) -> Forbidden:
    """Return the one refusal of what a provider says; why is for the log alone."""
    refusal = Forbidden("external_refused")
    refusal.add_note(why)
    return refusal


def _proven(id_token: str, provider: Provider, keys: KeySource) -> Mapping[str, Any]:
    if len(id_token) > MAX_TOKEN:
        raise refused("an endless token")
    try:
        header = jwt.get_unverified_header(id_token)
        kid = header.get("kid")
        key = keys.key(kid) if isinstance(kid, str) else None
        # An access token of theirs, or one of ours, is no id token (RFC 8725 §3.11).
        if key is None or str(header.get("typ", "JWT")).upper() != "JWT":
            raise refused("not signed by a key of theirs")
        return jwt.decode(
            id_token,
            key.key,
            algorithms=[key.algorithm],
            audience=provider.client_id,
            issuer=provider.issuer,
            leeway=LEEWAY,
            options=_CHECKS,  # pyright: ignore[reportArgumentType] -- a TypedDict of PyJWT's own
        )
    except (PyJWTError, ValueError, RecursionError) as forged:
        raise refused(type(forged).__name__) from forged


def _require_for_us(claims: Mapping[str, Any], provider: Provider) -> None:
    audience = claims["aud"]
    is_shared = isinstance(audience, list) and len(audience) > 1  # pyright: ignore[reportUnknownArgumentType]
    party = claims.get("azp", None if is_shared else provider.client_id)
    if party != provider.client_id:
        raise refused("made for somebody else")


def _is_same(given: str, expected: str) -> bool:
    return hmac.compare_digest(given.encode(), expected.encode())
