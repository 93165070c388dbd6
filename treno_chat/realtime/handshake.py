"""The handshake: what a websocket's opening request says, read once and believed once."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

from treno_chat.domain.addresses import client_address

USER_AGENT_LIMIT = 400
UUID_FORM = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
Scope = Mapping[str, Any]


class HandshakeRefused(Exception):
    """A websocket that is not let in; `reason` is for counting, never for the client."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class TooManyHandshakes(HandshakeRefused):
    """So many come from one network that the next must wait for so many seconds."""

    def __init__(self, *, seconds: int) -> None:
        super().__init__("rate")
        self.seconds = seconds


@dataclass(frozen=True, kw_only=True, slots=True)
class Handshake:
    """What the opening request said; the cookie's secret is in no printout."""

    address: str
    user_agent: str
    token: str
    cookie: str | None = field(repr=False)


def read_handshake(
    scope: Scope, *, origins: Collection[str], cookie_name: str, proxy_hops: int
) -> Handshake:
    """Read the opening request, or raise `HandshakeRefused`.

    A browser always says where a websocket comes from. A cookie without an origin is therefore
    no browser's, and a cookie with a foreign one is somebody else's page.
    """
    origin = _header(scope, b"origin")
    cookie = _cookie(scope, cookie_name)
    if origin is None and _header(scope, b"cookie") is not None:
        raise HandshakeRefused("origin_missing")
    if origin is not None and origin not in origins:
        raise HandshakeRefused("origin")
    return Handshake(
        address=_address(scope, proxy_hops),
        user_agent=(_header(scope, b"user-agent") or "")[:USER_AGENT_LIMIT],
        token=_token(scope),
        cookie=cookie,
    )


def without_cookie(scope: Scope, cookie_name: str) -> dict[str, Any]:
    """Return the scope without one cookie: what is handed on may be stored, a secret may not."""
    kept: list[tuple[bytes, bytes]] = []
    for name, value in scope["headers"]:
        if name.lower() != b"cookie":
            kept.append((name, value))
            continue
        others = "; ".join(
            pair for pair in _pairs([value.decode("latin-1")]) if _name_of(pair) != cookie_name
        )
        if others:
            kept.append((name, others.encode("latin-1")))
    return {**scope, "headers": kept}


def _token(scope: Scope) -> str:
    query = parse_qs(bytes(scope.get("query_string", b"")).decode("latin-1"))
    token = query.get("token", [""])[0]
    if not UUID_FORM.fullmatch(token):
        raise HandshakeRefused("token")
    return token


def _address(scope: Scope, proxy_hops: int) -> str:
    client = scope.get("client")
    peer = str(client[0]) if client else ""
    return client_address(peer, _header(scope, b"x-forwarded-for") or "", proxy_hops=proxy_hops)


def _cookie(scope: Scope, cookie_name: str) -> str | None:
    for pair in _pairs(_headers(scope, b"cookie")):
        if _name_of(pair) == cookie_name:
            return pair.partition("=")[2].strip().strip('"') or None
    return None


def _pairs(headers: Iterable[str]) -> list[str]:
    return [pair.strip() for header in headers for pair in header.split(";")]


def _name_of(pair: str) -> str:
    return pair.partition("=")[0].strip()


def _header(scope: Scope, name: bytes) -> str | None:
    values = _headers(scope, name)
    return ", ".join(values) if values else None


def _headers(scope: Scope, name: bytes) -> list[str]:
    return [value.decode("latin-1") for key, value in scope["headers"] if key.lower() == name]
