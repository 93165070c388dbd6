"""One websocket: reads frames at a bounded rate, writes whatever waits, and can be cut."""

import asyncio
from typing import Any

from treno_chat.domain.buckets import Bucket, Rate
from treno_chat.realtime.outbound import Outbound, Straight
from treno_chat.realtime.stock import (
    EnginePacket,
    SocketIsClosed,
    StockSocket,
    UnknownPacket,
    Untyped,
)

LINGER = 2.0


class DirectSocket(StockSocket):
    """An Engine.IO socket over websocket only.

    The stock one starts a task and a timer for every wake-up of its writer and for every frame it
    reads; the timers are not needed, because the server's own round closes sockets without pong.
    """

    queue: Outbound

    def __init__(
        self, server: Untyped, sid: str, *, rate: Rate, straight: Straight | None = None
    ) -> None:
        super().__init__(server, sid)
        self.queue.on_overflow = lambda: self.cut("slow")
        self._straight = straight
        self._bucket = Bucket(rate)
        self._writer: asyncio.Task[None] | None = None
        self._reading: asyncio.Task[Any] | None = None
        self._is_over = False

    def cut(self, why: str) -> None:
        """Close the transport at once, unwritten frames lost: the page comes back by itself."""
        if self._is_over:
            return
        self.server.count(f"cut_{why}")
        self.queue.drop()
        if self._writer is not None:
            self._writer.cancel()
        self._stop_reading()

    def finish(self) -> None:
        """Write what waits, then close the transport; cut it if the reader is too slow for that."""
        self.queue.end()
        asyncio.get_running_loop().call_later(LINGER, self.cut, "unfinished")

    async def close(
        self,
        wait: bool = True,  # noqa: ARG002, FBT001, FBT002 -- the signature is Engine.IO's
        abort: bool = False,  # noqa: FBT001, FBT002
        reason: str | None = None,
    ) -> None:
        """Tell the server that the socket is gone, and let the transport follow."""
        await super().close(wait=False, abort=abort, reason=reason)
        if abort or reason == self.server.reason.PING_TIMEOUT:
            self.cut("closed")
        else:
            self.finish()

    async def receive(self, pkt: Untyped) -> None:
        """Take a frame from the client, unless it sends too many."""
        if not self._bucket.take(asyncio.get_running_loop().time()):
            self.cut("flood")
            return
        await super().receive(pkt)

    async def _websocket_handler(self, ws: Untyped) -> None:
        self.connected = self.upgraded = True
        self.queue.straight = self._straight  # not sooner: the server has just taken the socket
        self._writer = asyncio.create_task(self._write(ws))
        # However the writer ends, the socket ends with it.
        self._writer.add_done_callback(lambda _: self._stop_reading())
        try:
            await self._read(ws)
        finally:
            self._is_over = True
            self._writer.cancel()
            await asyncio.gather(self._writer, return_exceptions=True)
            reason = self.server.reason.TRANSPORT_CLOSE
            await self.close(wait=False, abort=True, reason=reason)

    async def _write(self, ws: Untyped) -> None:
        while frames := await self.queue.take():
            for frame in frames:
                await ws.asgi_send(frame)
            self.queue.written(frames)
        # No close frame: some servers hold it back while a frame is waited for. The transport
        # goes when the application returns, and to a page both are the same.

    async def _read(self, ws: Untyped) -> None:
        while not self._is_over and (frame := await self._next_frame(ws)):
            if len(frame) > self.server.max_http_buffer_size:
                self.cut("size")
                return
            try:
                await self.receive(EnginePacket(encoded_packet=frame))
            except UnknownPacket:
                continue
            except (ValueError, SocketIsClosed):
                return

    async def _next_frame(self, ws: Untyped) -> str | bytes | None:
        """Wait for a frame. Only this wait is ever interrupted, never the handling of a frame."""
        self._reading = asyncio.current_task()
        try:
            return await ws.wait()
        except OSError:
            return None
        except asyncio.CancelledError:
            if not self._is_over:
                raise
            if self._reading is not None:
                self._reading.uncancel()
            return None
        finally:
            self._reading = None

    def _stop_reading(self) -> None:
        self._is_over = True
        if self._reading is not None:
            self._reading.cancel()
