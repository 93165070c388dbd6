"""Leases across processes: each holds its own and hears of the others'."""

import json
import logging
from collections import defaultdict
from collections.abc import Awaitable, Collection, Iterable, Mapping
from dataclasses import asdict
from typing import Any, Protocol, cast

from redis import asyncio as redis
from redis.exceptions import RedisError

from treno_chat.domain.ids import PlaceId
from treno_chat.domain.people import Gender
from treno_chat.realtime.snapshot import Lease, PresentPerson

KEPT_SECONDS = 120
log = logging.getLogger(__name__)


class Leases(Protocol):
    """Where processes tell each other who is here."""

    async def exchange(
        self, place_id: PlaceId, *, mine: Collection[Lease], gone: Collection[str], now: float
    ) -> Collection[Lease]:
        """Tell what this process holds and no longer holds, and return what all hold."""
        ...


class MemoryLeases:
    """One process: there are no others."""

    async def exchange(
        self, place_id: PlaceId, *, mine: Collection[Lease], gone: Collection[str], now: float
    ) -> Collection[Lease]:
        """Return what was given."""
        _ = place_id, gone, now
        return mine


class RedisLeases:
    """One hash a place, socket id to lease.

    What Redis lost is told again at the next exchange, and while it cannot be reached everybody
    sees at least the people of their own process.
    """

    def __init__(self, url: str, *, prefix: str = "treno-chat:presence:") -> None:
        self._redis = redis.Redis.from_url(
            url, decode_responses=True, socket_connect_timeout=2, socket_timeout=2
        )
        self._prefix = prefix
        self._told: dict[str, Lease] = {}
        self._untold: defaultdict[PlaceId, set[str]] = defaultdict(set)
        self._is_alone = False

    async def stop(self) -> None:
        """Close the connections."""
        await self._redis.aclose()

    async def exchange(
        self, place_id: PlaceId, *, mine: Collection[Lease], gone: Collection[str], now: float
    ) -> Collection[Lease]:
        """Write what changed, delete what went, read the whole place: one round trip."""
        self._untold[place_id].update(gone)
        try:
            held = await self._round_trip(place_id, mine)
        except (RedisError, OSError) as trouble:
            if not self._is_alone:
                log.warning("presence is known of this process only: %s", type(trouble).__name__)
            self._is_alone = True
            return mine
        self._is_alone = False
        self._untold.pop(place_id, None)
        own = {lease.sid: lease for lease in mine}
        for lease in mine:
            self._remember(lease, is_held=lease.sid in held)
        others = [lease for lease in map(_read, held.values()) if lease and lease.sid not in own]
        self._untold[place_id].update(lease.sid for lease in others if lease.until <= now)
        return [*mine, *(lease for lease in others if lease.until > now)]

    async def _round_trip(self, place_id: PlaceId, mine: Iterable[Lease]) -> Mapping[str, str]:
        key = self._prefix + place_id
        fresh = {one.sid: _write(one) for one in mine if self._told.get(one.sid) is not one}
        gone = self._untold[place_id]
        async with self._redis.pipeline(transaction=False) as pipe:
            if gone:
                pipe.hdel(key, *gone)
            if fresh:
                pipe.hset(key, mapping=cast("dict[Any, Any]", fresh))
                pipe.expire(key, KEPT_SECONDS)
            pipe.hgetall(key)
            replies = await cast("Awaitable[list[Any]]", pipe.execute())
        for sid in gone:
            self._told.pop(sid, None)
        return cast("dict[str, str]", replies[-1])

    def _remember(self, lease: Lease, *, is_held: bool) -> None:
        if is_held:
            self._told[lease.sid] = lease
        else:
            self._told.pop(lease.sid, None)


def _write(lease: Lease) -> str:
    return json.dumps(asdict(lease), separators=(",", ":"))


def _read(text: str) -> Lease | None:
    """Return a lease, or None for what another version of the program wrote."""
    try:
        fields = json.loads(text)
        person = fields.pop("person")
        gender = Gender(person.pop("gender"))
        return Lease(person=PresentPerson(gender=gender, **person), **fields)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
