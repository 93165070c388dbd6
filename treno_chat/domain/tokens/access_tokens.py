"""Access tokens: what they say, how they are signed, and everything that must hold (RFC 9068).

A token proves which session it was minted for. Whether that still lives is not asked here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

import jwt
from jwt.exceptions import PyJWTError

from treno_chat.domain.ids import SessionId, UserId, new_id
from treno_chat.domain.tokens.jws import Unproven, refused
from treno_chat.domain.tokens.signing_keys import Algorithm, ProvingKey

LEEWAY = timedelta(seconds=60)
MAX_CLAIM = 256
MAX_TIME = 2**40
_JWS = jwt.PyJWS()


@dataclass(frozen=True, kw_only=True, slots=True)
class Minted:
    """A token, how many seconds it lasts, and when it ends."""

    token: str
    seconds: int
    expires_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Expected:
    """What a token must say: whose it is, for whom, and for how long at most."""

    issuer: str
    audience: str
    lifetime: timedelta
    names: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Proven:
    """What a token says that is believed; `session_id` is empty in somebody else's."""

    issuer: str
    user_id: UserId
    session_id: SessionId


class KeySource(Protocol):
    """Where the keys of a trusted issuer come from."""

    def key(self, kid: str) -> ProvingKey | None:
        """Return a key by its id; raises Unavailable when they cannot be had."""
        ...


@dataclass(frozen=True, kw_only=True, slots=True)
class TrustedIssuer:
    """Somebody else whose tokens are taken, and where their keys are, as the operator says."""

    issuer: str
    audience: str
    keys: KeySource

    def expected(self) -> Expected:
        """Return what their tokens must say; how long those live is theirs to say, within a day."""
        return Expected(
            issuer=self.issuer,
            audience=self.audience,
            lifetime=timedelta(days=1),
            names=("sub", "jti"),
        )


def sign(
    *,
    kid: str,
    algorithm: Algorithm,
    private_pem: str,
    expected: Expected,
    user_id: UserId,
    session_id: SessionId,
    now: datetime,
    ends_at: datetime,
) -> Minted:
    """Return a token for a session; it lives as long as tokens do, and no longer than that."""
    issued = int(now.timestamp())
    expires = min(issued + int(expected.lifetime.total_seconds()), int(ends_at.timestamp()))
    claims = {
        "iss": expected.issuer,
        "aud": expected.audience,
        "sub": user_id,
        "sid": session_id,
        "jti": new_id(),
        "iat": issued,
        "exp": expires,
    }
    header = {"kid": kid, "typ": "at+jwt"}
    token = jwt.encode(claims, private_pem, algorithm=algorithm, headers=header)
    expires_at = datetime.fromtimestamp(expires, now.tzinfo)
    return Minted(token=token, seconds=expires - issued, expires_at=expires_at)


def prove(
    unproven: Unproven, key: ProvingKey | None, *, expected: Expected, now: datetime
) -> Proven:
    """Return what a token says, once the signature and every claim hold; else NotSignedIn."""
    if key is None or key.kid != unproven.kid:
        raise refused("a key that we do not know")
    if key.algorithm != unproven.algorithm:
        raise refused("not the algorithm of that key")
    try:
        _JWS.decode(unproven.text, key.key, algorithms=[key.algorithm])
    except PyJWTError as forged:
        raise refused("not signed by that key") from forged
    claims = unproven.claims
    _require_ours(claims, expected)
    _require_now(claims, expected, now.timestamp())
    texts = {name: _text(claims, name) for name in expected.names}
    return Proven(issuer=expected.issuer, user_id=texts["sub"], session_id=texts.get("sid", ""))


def _require_ours(claims: Mapping[str, Any], expected: Expected) -> None:
    if claims.get("iss") != expected.issuer:
        raise refused("another issuer")
    # For us alone: whoever else a token is for could bring it here in our person's name.
    if claims.get("aud") not in (expected.audience, [expected.audience]):
        raise refused("another audience")


def _require_now(claims: Mapping[str, Any], expected: Expected, now: float) -> None:
    leeway = LEEWAY.total_seconds()
    issued, expires = _time(claims, "iat"), _time(claims, "exp")
    if now > expires + leeway:
        raise refused("over")
    if issued > now + leeway or ("nbf" in claims and _time(claims, "nbf") > now + leeway):
        raise refused("not yet")
    if not 0 < expires - issued <= expected.lifetime.total_seconds():
        raise refused("lives too long, or never did")


def _time(claims: Mapping[str, Any], name: str) -> float:
    value = claims.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= MAX_TIME:
        raise refused(f"{name} is no time")
    return value


def _text(claims: Mapping[str, Any], name: str) -> str:
    value = claims.get(name)
    is_text = isinstance(value, str) and 0 < len(value) <= MAX_CLAIM and value.isprintable()
    if not is_text:
        raise refused(f"{name} is no text")
    return str(value)
