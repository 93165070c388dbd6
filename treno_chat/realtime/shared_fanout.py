"""Fan-out across processes: the direct way here, Redis to the others."""

import asyncio
import logging
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from contextlib import suppress
from typing import cast

from redis import asyncio as redis
from redis.exceptions import RedisError

from treno_chat.realtime.fanout import DirectManager
from treno_chat.realtime.stock import StockSharedManager, Untyped

BACKLOG = 10_000
RETRY = 1.0
CHANNEL = "treno-chat"
log = logging.getLogger(__name__)
Pause = Callable[[float], Awaitable[None]]


class DirectRedisManager(StockSharedManager, DirectManager):
    """Delivers here first and then tells the others, so that Redis never holds up this process.

    The stock Redis manager waits for Redis at every emit, reconnects from two places at once, and
    after an outage stays deaf for up to a minute.
    """

    name = "redis"

    def __init__(self, url: str, *, channel: str = CHANNEL, pause: Pause = asyncio.sleep) -> None:
        super().__init__(channel=channel)
        self.lost = 0
        self._pause = pause
        self._redis = redis.Redis.from_url(url, socket_connect_timeout=2)
        self._backlog: asyncio.Queue[str] = asyncio.Queue(BACKLOG)
        self._tasks: list[asyncio.Task[None]] = []
        self.is_listening = asyncio.Event()

    def initialize(self) -> None:
        """Start to listen and to tell; Socket.IO calls this at the first handshake."""
        if not self._tasks:
            self._tasks = [
                asyncio.create_task(self._thread()),
                asyncio.create_task(self._tell_others()),
            ]

    async def stop(self) -> None:
        """Stop listening and telling."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._tasks = []
        await self._redis.aclose()

    async def emit(self, event: str, data: Untyped, namespace: str, **options: Untyped) -> None:
        """Deliver everywhere; what is for one socket of this process stays in it."""
        room = options.get("to") or options.get("room")
        if isinstance(room, str) and self.is_sid_room(namespace, room):
            options["ignore_queue"] = True
        await super().emit(event, data, namespace=namespace, **options)

    async def _publish(self, data: Untyped) -> None:
        try:
            self._backlog.put_nowait(self.json.dumps(data))
        except asyncio.QueueFull:
            # A push is a hint: pages of other processes catch up from the history.
            self.lost += 1

    async def _tell_others(self) -> None:
        while True:
            message = await self._backlog.get()
            try:
                await self._redis.publish(self.channel, message)
            except (RedisError, OSError):
                # Counted, not logged one by one: the listener says that Redis is away.
                self.lost += 1

    async def _listen(self) -> AsyncGenerator[bytes]:
        while True:
            # The generator ends only with its task.
            async with self._redis.pubsub(ignore_subscribe_messages=True) as heard:
                with suppress(RedisError, OSError):
                    await heard.subscribe(self.channel)
                    self.is_listening.set()
                    messages = cast("AsyncIterator[dict[str, bytes]]", heard.listen())
                    async for message in messages:
                        yield message["data"]
            self.is_listening.clear()
            log.warning("other processes cannot be heard; trying again")
            await self._pause(RETRY)
