"""The Engine.IO server: websockets only, each admitted before anything is made for it."""

from collections import Counter
from http import HTTPStatus
from typing import Any

from treno_chat.domain.buckets import Rate
from treno_chat.realtime.handshake import TooManyHandshakes
from treno_chat.realtime.outbound import LIMIT, Outbound
from treno_chat.realtime.socket import DirectSocket
from treno_chat.realtime.stock import ENGINE_OPEN, EnginePacket, StockEngine, Untyped
from treno_chat.realtime.straight import STRAIGHT

RESPONSE = "websocket.http.response"  # the ASGI extension for refusals that say more


class Engine(StockEngine):
    """Makes `DirectSocket`s; the stock server names its socket class in the method itself."""

    sockets: dict[str, DirectSocket]

    def __init__(
        self,
        *,
        rate: Rate,
        counts: Counter[str],
        outbound_limit: int = LIMIT,
        **options: Untyped,
    ) -> None:
        super().__init__(**options)
        self._rate = rate
        self._counts = counts
        self._outbound_limit = outbound_limit

    def count(self, what: str) -> None:
        """Count something worth a number on the operator's page."""
        self._counts[what] += 1

    def create_queue(self, *_args: Untyped, **_options: Untyped) -> Outbound:
        """Return what a socket's packets wait in."""
        return Outbound(self._outbound_limit)

    async def _handle_connect(
        self, environ: dict[str, Any], transport: str, jsonp_index: int | None = None
    ) -> Untyped:
        _ = transport, jsonp_index  # the one transport is websocket
        if environ["asgi.scope"]["type"] != "websocket":
            return self._bad_request()
        sid = self.generate_id()
        admitted = await self._trigger_event("connect", sid, environ, run_async=False)
        if isinstance(admitted, TooManyHandshakes):
            return await self._let_wait(environ, admitted.seconds)
        # True only: None would also be the answer of a handler that was cancelled half-way.
        if admitted is not True:
            return self._unauthorized()
        self._watch_over_pings()
        way = environ["asgi.scope"].get("extensions", {}).get(STRAIGHT, {})
        socket = DirectSocket(self, sid, rate=self._rate, straight=way.get("write"))
        self.sockets[sid] = socket
        try:
            await socket.send(EnginePacket(ENGINE_OPEN, self._opening(sid)))
            socket.schedule_ping()
            return await socket.handle_get_request(environ)
        finally:
            reason = self.reason.TRANSPORT_ERROR
            await socket.close(wait=False, abort=True, reason=reason)
            self.sockets.pop(sid, None)

    async def _let_wait(self, environ: dict[str, Any], seconds: int) -> Untyped:
        """Answer with 429, where the server can say more than no; Engine.IO has no way for it."""
        if RESPONSE not in environ["asgi.scope"].get("extensions", {}):
            return self._unauthorized()
        headers = [(b"retry-after", str(seconds).encode()), (b"content-length", b"0")]
        start = {
            "type": f"{RESPONSE}.start",
            "status": HTTPStatus.TOO_MANY_REQUESTS,
            "headers": headers,
        }
        for message in (start, {"type": f"{RESPONSE}.body", "body": b""}):
            await environ["asgi.send"](message)
        return None

    def _watch_over_pings(self) -> None:
        if self.start_service_task:
            self.start_service_task = False
            self.service_task_handle = self.start_background_task(self._service_task)

    def _opening(self, sid: str) -> dict[str, Any]:
        return {
            "sid": sid,
            "upgrades": [],
            "pingTimeout": int(self.ping_timeout * 1000),
            "pingInterval": int(self.ping_interval * 1000),
            "maxPayload": self.max_http_buffer_size,
        }
