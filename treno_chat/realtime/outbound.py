"""What waits to be written to one socket: bounded in bytes, taken all at once."""

import asyncio
from collections.abc import Callable
from typing import Any, Protocol

from treno_chat.realtime.straight import STRAIGHT, framed

LIMIT = 1024 * 1024
Frame = dict[str, Any]
Straight = Callable[[bytes], bool]


class Encodable(Protocol):
    """A packet of Engine.IO."""

    def encode(self) -> str | bytes:
        """Return what goes over the wire."""
        ...


def frame_of(encoded: str | bytes) -> Frame:
    """Return the ASGI message of an encoded packet; one message serves any number of sockets."""
    is_binary = isinstance(encoded, bytes)
    return {
        "type": "websocket.send",
        "bytes": encoded if is_binary else None,
        "text": None if is_binary else encoded,
        STRAIGHT: framed(encoded),
    }


def size_of(frame: Frame) -> int:
    """Return what a frame weighs; characters stand for bytes, as in the limits of Engine.IO."""
    return len(frame["bytes"] or frame["text"])


class Outbound:
    """Stands where Engine.IO keeps an `asyncio.Queue` of packets.

    The stock queue is unbounded, and its reader arms a timer at every wake-up. With a `straight`
    way only what the line does not take at once waits here.
    """

    __slots__ = ("_frames", "_is_ended", "_limit", "_size", "_wake", "on_overflow", "straight")

    def __init__(self, limit: int = LIMIT) -> None:
        self.on_overflow: Callable[[], None] | None = None
        self.straight: Straight | None = None
        self._limit = limit
        self._frames: list[Frame] = []
        self._size = 0
        self._is_ended = False
        self._wake: asyncio.Future[None] | None = None

    @property
    def size(self) -> int:
        """How much waits, what is being written included."""
        return self._size

    def push(self, frame: Frame, size: int) -> None:
        """Add a frame; a reader that lets more than the limit pile up is given up."""
        if self._is_ended:
            return
        # Nothing overtakes what waits, or is being written.
        if not self._size and self.straight is not None and self.straight(frame[STRAIGHT]):
            return
        self._frames.append(frame)
        self._size += size
        if self._size > self._limit and self.on_overflow is not None:
            self.on_overflow()
        self._wake_up()

    async def put(self, packet: Encodable) -> None:
        """Add a packet, as the stock `send` does."""
        frame = frame_of(packet.encode())
        self.push(frame, size_of(frame))

    async def take(self) -> list[Frame]:
        """Wait for frames and return all of them; nothing means that no more will come."""
        while not self._frames and not self._is_ended:
            self._wake = asyncio.get_running_loop().create_future()
            await self._wake
        frames, self._frames = self._frames, []
        return frames

    def written(self, frames: list[Frame]) -> None:
        """Count frames out that the transport has taken."""
        self._size -= sum(size_of(frame) for frame in frames)

    def end(self) -> None:
        """Take no more; what waits is still given out."""
        self._is_ended = True
        self._wake_up()

    def drop(self) -> None:
        """Take no more, and forget what waits."""
        self._frames = []
        self._size = 0
        self.end()

    def _wake_up(self) -> None:
        if self._wake is not None and not self._wake.done():
            self._wake.set_result(None)
