"""Talking to OpenID Connect providers: discovered at first use, kept for an hour.

The operator names the issuer. Everything else comes from the document that it serves of itself,
over the same kind of connection; nothing that a browser brings along leads to an address.
"""

import base64
import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from threading import Lock
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

import structlog

from treno_chat.domain.other_ways.providers import Provider, refused
from treno_chat.domain.refusals import Unavailable
from treno_chat.outbound.http import NoAnswer, ask
from treno_chat.outbound.jwks import RemoteKeys

log = structlog.get_logger(__name__)

CACHED_SECONDS = 3600
WELL_KNOWN = "/.well-known/openid-configuration"
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """What a provider says of itself."""

    authorization: str
    token: str
    keys: RemoteKeys
    until: float


class Providers:
    """Asks providers; safe to be used from many threads."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = Lock()
        self._found: dict[str, Found] = {}

    def address(
        self, provider: Provider, *, state: str, nonce: str, challenge: str, redirect: str
    ) -> str:
        """Return where the browser is sent."""
        endpoint = self._discover(provider).authorization
        asked = {
            "response_type": "code",
            "client_id": provider.client_id,
            "redirect_uri": redirect,
            "scope": "openid",
            "state": state,
            "nonce": nonce,
            "code_challenge": challenge,
            "code_challenge_method": "S256",
        }
        return f"{endpoint}{'&' if urlsplit(endpoint).query else '?'}{urlencode(asked)}"

    def redeem(self, provider: Provider, *, code: str, verifier: str, redirect: str) -> str:
        """Return the id token for a code."""
        given = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": redirect,
            "code_verifier": verifier,
        }
        headers = {"Content-Type": FORM, "Accept": "application/json"}
        if provider.client_secret:
            headers["Authorization"] = _basic(provider)
        else:
            given["client_id"] = provider.client_id
        endpoint = self._discover(provider).token
        told = _told(provider, "POST", endpoint, headers=headers, body=urlencode(given).encode())
        id_token = told.get("id_token")
        if not isinstance(id_token, str):
            raise refused("no id token for the code")
        return id_token

    def keys(self, provider: Provider) -> RemoteKeys:
        """Return the keys that sign its id tokens."""
        return self._discover(provider).keys

    def _discover(self, provider: Provider) -> Found:
        with self._lock:
            found = self._found.get(provider.issuer)
        if found is None or found.until <= self._clock():
            # Outside of the lock: a provider that is slow holds up nobody who asks another one.
            found = self._ask(provider)
            with self._lock:
                self._found[provider.issuer] = found
        return found

    def _ask(self, provider: Provider) -> Found:
        url = provider.issuer.rstrip("/") + WELL_KNOWN
        told = _told(provider, "GET", url, headers={"Accept": "application/json"})
        if told.get("issuer") != provider.issuer:
            raise _away(provider, "another issuer")
        endpoints = [
            told.get(name) for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")
        ]
        authorization, token, keys = (_endpoint(provider, one) for one in endpoints)
        return Found(
            authorization=authorization,
            token=token,
            keys=RemoteKeys(keys, clock=self._clock, is_patient=True),
            until=self._clock() + CACHED_SECONDS,
        )


def _endpoint(provider: Provider, url: object) -> str:
    """Return an address that a provider names, no less protected than the issuer's own."""
    parts = urlsplit(url) if isinstance(url, str) else urlsplit("")
    ours = urlsplit(provider.issuer)
    is_near = ours.scheme == "http" and parts.netloc == ours.netloc
    if not parts.hostname or parts.fragment or not (parts.scheme == "https" or is_near):
        raise _away(provider, "no safe address")
    return str(url)


def _told(
    provider: Provider,
    method: str,
    url: str,
    *,
    headers: Mapping[str, str],
    body: bytes | None = None,
) -> Mapping[str, Any]:
    try:
        answer = ask(method, url, headers=headers, body=body)
        told = json.loads(answer.body) if answer.is_ok else None
    except (NoAnswer, ValueError, RecursionError) as failure:
        raise _away(provider, type(failure).__name__) from failure
    if method == "POST" and told is None:
        # A code that was used or made up, mostly.
        raise refused(f"status {answer.status} for the code")
    if not isinstance(told, dict):
        raise _away(provider, f"status {answer.status}")
    return told  # pyright: ignore[reportUnknownVariableType] -- whatever JSON can be


def _away(provider: Provider, why: str) -> Unavailable:
    log.warning("provider_away", provider=provider.name, reason=why)
    return Unavailable("external_away")


def _basic(provider: Provider) -> str:
    # Each part is form-encoded first (RFC 6749 §2.3.1).
    pair = f"{quote(provider.client_id, safe='')}:{quote(provider.client_secret, safe='')}"
    return f"Basic {base64.b64encode(pair.encode()).decode()}"
