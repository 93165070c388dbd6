"""Composes the realtime part out of its pieces."""

import asyncio
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from treno_chat.realtime.board import NewsOf, no_news
from treno_chat.realtime.bursts import WINDOW
from treno_chat.realtime.connections import Connections
from treno_chat.realtime.encoder import Encoder
from treno_chat.realtime.fanout import DirectManager
from treno_chat.realtime.hub import BlockedWith, Hub, nobody
from treno_chat.realtime.leases import MemoryLeases, RedisLeases
from treno_chat.realtime.presence import Clock, Presence, Tick, each_second
from treno_chat.realtime.rules import ServerRules
from treno_chat.realtime.server import ChatServer, Identify, Json
from treno_chat.realtime.shared_fanout import DirectRedisManager

log = logging.getLogger(__name__)


def utc_now() -> datetime:
    """Return the time, aware, in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, kw_only=True, slots=True)
class Realtime:
    """What the screens work with."""

    server: ChatServer
    hub: Hub
    presence: Presence
    connections: Connections
    stops: tuple[Callable[[], Awaitable[None]], ...] = ()

    @asynccontextmanager
    async def running(self, tick: Tick = each_second) -> AsyncGenerator[None]:
        """Deliver on the loop that runs now, until the end: a lifespan task of the program."""
        self.hub.bind(asyncio.get_running_loop())
        self.server.manager.initialize()
        sweeping = asyncio.create_task(self.presence.keep_sweeping(tick))
        sweeping.add_done_callback(_report_fault)
        try:
            yield
        finally:
            sweeping.cancel()
            await asyncio.gather(sweeping, return_exceptions=True)
            await self.hub.stop()
            self.server.finish_all()
            await self.server.shutdown()
            for stop in self.stops:
                await stop()


def _report_fault(task: "asyncio.Task[None]") -> None:
    """Say aloud that presence stands still: nobody waits for the task's result."""
    if not task.cancelled() and task.exception() is not None:
        log.critical("presence stopped", exc_info=task.exception())


def create_realtime(
    *,
    identify: Identify,
    encoder: Encoder,
    json: Json,
    rules: ServerRules,
    connections_per_address: int = 500,
    connections_total: int = 5000,
    connections_per_minute: int = 600,
    redis_url: str = "",
    clock: Clock = utc_now,
    blocked_with: BlockedWith = nobody,
    news_of: NewsOf = no_news,
    window: float = WINDOW,
) -> Realtime:
    """Put a server, a hub and presence together; with a Redis they reach every process."""
    stops: list[Callable[[], Awaitable[None]]] = []
    manager, leases = DirectManager(), MemoryLeases()
    if redis_url:
        manager, leases = DirectRedisManager(redis_url), RedisLeases(redis_url)
        stops = [manager.stop, leases.stop]
    connections = Connections(
        per_network=connections_per_address,
        total=connections_total,
        per_minute=connections_per_minute,
    )
    server = ChatServer(
        identify=identify, connections=connections, manager=manager, json=json, rules=rules
    )
    presence = Presence(leases=leases, clock=clock)
    hub = Hub(
        server=server,
        presence=presence,
        encoder=encoder,
        blocked_with=blocked_with,
        news_of=news_of,
        window=window,
    )
    presence.tell = hub.tell_presence
    return Realtime(
        server=server,
        hub=hub,
        presence=presence,
        connections=connections,
        stops=tuple(stops),
    )
