"""The keys of a trusted issuer: asked for where the operator says, kept for a while.

Nothing that a token says leads to an address. Whoever sends tokens with made-up key ids makes us
ask once more between two regular rounds, not once for each.
"""

import json
import time
from collections.abc import Callable, Iterator
from threading import Lock
from typing import Any

import structlog

from treno_chat.domain.refusals import Unavailable
from treno_chat.domain.tokens.signing_keys import ProvingKey, proving_key
from treno_chat.outbound.http import NoAnswer, ask

log = structlog.get_logger(__name__)

CACHED_SECONDS = 300
# When nobody answers: asked again so soon, and what was known is good for so long.
RETRY_SECONDS = 10
KEPT_SECONDS = 3600
MAX_KEYS = 32
MAX_KID = 256


class RemoteKeys:
    """A set of keys behind a fixed address; safe to be asked from many threads."""

    def __init__(self, url: str, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._url = url
        self._clock = clock
        self._lock = Lock()
        self._keys: dict[str, ProvingKey] = {}
        self._fresh_until = float("-inf")
        self._kept_until = float("-inf")
        self._may_ask_early = False

    def key(self, kid: str) -> ProvingKey | None:
        """Return a key by its id; raises Unavailable when no keys can be had."""
        with self._lock:
            now = self._clock()
            if now >= self._fresh_until:
                self._refresh(now)
                self._may_ask_early = True
            elif kid not in self._keys and self._may_ask_early:
                # They may have changed their keys a moment ago.
                self._may_ask_early = False
                self._refresh(now)
            if not self._keys:
                raise Unavailable("unavailable")
            return self._keys.get(kid)

    def _refresh(self, now: float) -> None:
        try:
            keys = self._fetch()
        except (NoAnswer, ValueError, RecursionError) as failure:
            log.warning("trusted_keys_away", reason=type(failure).__name__)
            self._fresh_until = now + RETRY_SECONDS
            if now >= self._kept_until:
                self._keys = {}
            return
        self._keys = keys
        self._fresh_until, self._kept_until = now + CACHED_SECONDS, now + KEPT_SECONDS

    def _fetch(self) -> dict[str, ProvingKey]:
        answer = ask("GET", self._url, headers={"Accept": "application/json"})
        if not answer.is_ok:
            raise ValueError(answer.status)
        keys = dict(_read(json.loads(answer.body)))
        if not keys:
            raise ValueError("no keys")
        return keys


def _read(told: Any) -> Iterator[tuple[str, ProvingKey]]:  # noqa: ANN401 -- whatever JSON can be
    """Read the keys that can be used; the rest is none of our business."""
    match told:
        case {"keys": [*jwks]}:
            for jwk in jwks[:MAX_KEYS]:
                key = _usable(jwk)
                if key is not None:
                    yield key.kid, key
        case _:
            raise ValueError("not a set of keys")


def _usable(jwk: Any) -> ProvingKey | None:  # noqa: ANN401 -- whatever JSON can be
    match jwk:
        case {"kid": str() as kid} if 0 < len(kid) <= MAX_KID:
            return proving_key(kid, jwk)
        case _:
            return None
