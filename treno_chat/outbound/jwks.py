"""The keys of a trusted issuer: asked for where the operator says, kept for a while.

Nothing that a token says leads to an address. Whoever sends tokens with made-up key ids makes us
ask once more between two regular rounds, not once for each. One asks at a time and holds up nobody:
whoever comes meanwhile takes what is known, or is told at once that it cannot be known now.
"""

import json
import time
from collections.abc import Callable, Iterator
from threading import Condition
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

    def __init__(
        self,
        url: str,
        *,
        clock: Callable[[], float] = time.monotonic,
        is_patient: bool = False,
    ) -> None:
        """Take the address; where only a few threads ask, they may wait for each other."""
        self._url = url
        self._clock = clock
        self._is_patient = is_patient
        self._settled = Condition()
        self._is_asking = False
        self._keys: dict[str, ProvingKey] = {}
        self._fresh_until = float("-inf")
        self._kept_until = float("-inf")
        self._may_ask_early = False

    def key(self, kid: str) -> ProvingKey | None:
        """Return a key by its id; raises Unavailable when no keys can be had."""
        if self._is_ours_to_ask(kid):
            self._ask()
        with self._settled:
            keys = self._keys if self._clock() < self._kept_until else {}
            if kid not in keys and (self._is_asking or not keys):
                raise Unavailable("unavailable")
            return keys.get(kid)

    def _is_ours_to_ask(self, kid: str) -> bool:
        """Say whether somebody must ask, and nobody does; whoever hears yes is to do it."""
        with self._settled:
            if self._is_patient:
                self._settled.wait_for(lambda: not self._is_asking)
            if self._is_asking:
                return False
            if self._clock() < self._fresh_until:
                # They may have changed their keys a moment ago.
                self._is_asking = self._may_ask_early and kid not in self._keys
                self._may_ask_early = self._may_ask_early and not self._is_asking
            else:
                self._is_asking = self._may_ask_early = True
            return self._is_asking

    def _ask(self) -> None:
        keys: dict[str, ProvingKey] = {}
        try:
            keys = self._fetch()
        except (NoAnswer, ValueError, RecursionError) as failure:
            log.warning("trusted_keys_away", reason=type(failure).__name__)
        finally:
            self._settle(keys)

    def _settle(self, keys: dict[str, ProvingKey]) -> None:
        with self._settled:
            # It may have taken long: what was said counts from now on.
            now = self._clock()
            if keys:
                self._keys = keys
                self._fresh_until, self._kept_until = now + CACHED_SECONDS, now + KEPT_SECONDS
            else:
                self._fresh_until = now + RETRY_SECONDS
                self._may_ask_early = False
            self._is_asking = False
            self._settled.notify_all()

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
