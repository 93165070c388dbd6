"""Bursts: a quiet room hears at once, a busy one in packets that carry several things."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from treno_chat.domain.ids import RoomId, UserId
from treno_chat.realtime.encoder import Item

# Seconds. At 50 messages a second, for which 20 ms are promised, the next one comes as it ends.
WINDOW = 0.020
LARGEST = 50  # items; of the longest messages they are a fifth of what may wait for one socket
Pause = Callable[[float], Awaitable[None]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """Something a room hears, and what those hear who are kept apart from its author.

    `only_here`: every process tells its own pages, none tells the others'.
    """

    item: Item
    stub: Item
    apart: frozenset[UserId]
    only_here: bool = False


Deliver = Callable[[RoomId, Sequence[Told]], Awaitable[None]]


class Bursts:
    """Keeps the order of a room, and at most one packet in the air for a while."""

    def __init__(
        self, deliver: Deliver, *, window: float = WINDOW, pause: Pause = asyncio.sleep
    ) -> None:
        self._deliver = deliver
        self._window = window
        self._pause = pause
        self._waiting: dict[RoomId, list[Told]] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def add(self, room_id: RoomId, told: Told) -> None:
        """Hand something over for delivery; on the loop's thread only."""
        if room_id in self._waiting:
            self._waiting[room_id].append(told)
            return
        self._waiting[room_id] = [told]
        task = asyncio.create_task(self._serve(room_id))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def stop(self) -> None:
        """Let go of what is still waiting: pages catch up from the history."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _serve(self, room_id: RoomId) -> None:
        waiting = self._waiting[room_id]
        try:
            while waiting:
                batch = waiting[:LARGEST]
                del waiting[:LARGEST]
                await self._deliver(room_id, batch)
                await self._pause(self._window)
        finally:
            del self._waiting[room_id]
