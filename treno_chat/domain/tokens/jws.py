"""What a token says of itself, before any of it is believed: read strictly, or refused whole.

Nothing here says who signed it. `jku`, `x5u`, `jwk` and `x5c` are never looked at: a key is chosen
by its id among those that are known already (RFC 8725 §3.10).
"""

import base64
import binascii
import json
import re
from dataclasses import dataclass, field
from typing import Any, cast

from treno_chat.domain.refusals import NotSignedIn

MAX_TOKEN = 4096
MAX_KID = 256
TYPES = frozenset({"at+jwt", "application/at+jwt"})
_COMPACT = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+")


@dataclass(frozen=True, kw_only=True, slots=True)
class Unproven:
    """The parts of a token that is well written, and no more than that."""

    text: str = field(repr=False)
    kid: str
    algorithm: str
    claims: dict[str, Any] = field(repr=False)

    @property
    def issuer(self) -> str:
        """Whose keys to prove it with; nothing when it names nobody."""
        issuer = self.claims.get("iss")
        return issuer if isinstance(issuer, str) else ""


def read_unproven(text: str) -> Unproven:
    """Take a token apart; raises NotSignedIn for what is not written as ours are."""
    if len(text) > MAX_TOKEN or not _COMPACT.fullmatch(text):
        raise refused("not three parts")
    header, claims, signature = text.split(".")
    _decode(signature)
    told = _read(header)
    if "crit" in told or "b64" in told:
        raise refused("asks for what we do not know")
    kid, algorithm, kind = (told.get(name) for name in ("kid", "alg", "typ"))
    if not isinstance(kind, str) or kind.lower() not in TYPES:
        raise refused("not an access token")
    if not isinstance(kid, str) or not 0 < len(kid) <= MAX_KID:
        raise refused("names no key")
    if not isinstance(algorithm, str):
        raise refused("names no algorithm")
    return Unproven(text=text, kid=kid, algorithm=algorithm, claims=_read(claims))


def refused(reason: str) -> NotSignedIn:
    """Return the refusal; the reason is for whoever reads a trace, never for the sender."""
    refusal = NotSignedIn("invalid_token")
    refusal.add_note(reason)
    return refusal


def _read(part: str) -> dict[str, Any]:
    try:
        told = json.loads(
            _decode(part).decode(), object_pairs_hook=_once, parse_constant=_no_constant
        )
    except (ValueError, RecursionError) as malformed:
        raise refused("not JSON") from malformed
    if not isinstance(told, dict):
        raise refused("no object")
    return cast("dict[str, Any]", told)


def _decode(part: str) -> bytes:
    """Decode base64url that is written in the only way: other ways would be other tokens."""
    try:
        decoded = base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))
    except binascii.Error as malformed:
        raise refused("not base64url") from malformed
    if base64.urlsafe_b64encode(decoded).decode().rstrip("=") != part:
        raise refused("base64url with leftovers")
    return decoded


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Refuse a name that is there twice: who reads the first and who reads the last differ."""
    told = dict(pairs)
    if len(told) != len(pairs):
        raise refused("a name twice")
    return told


def _no_constant(name: str) -> object:
    raise refused(f"{name} is no JSON")
