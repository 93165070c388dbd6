"""The Socket.IO server: knows who is behind a socket from the handshake, and from nothing else."""

import logging
from collections import Counter
from collections.abc import Awaitable, Callable
from typing import Any, Protocol, cast

from treno_chat.domain.door.sessions import Holder
from treno_chat.domain.ids import SessionId
from treno_chat.realtime.connections import Connection, Connections
from treno_chat.realtime.encoder import Packet
from treno_chat.realtime.engine import Engine
from treno_chat.realtime.fanout import DirectManager
from treno_chat.realtime.handshake import HandshakeRefused, read_handshake, without_cookie
from treno_chat.realtime.rules import CLIENT_EVENTS, EVENT, MAX_FRAME, PACKET_TYPES, ServerRules
from treno_chat.realtime.stock import StockServer, Untyped

Identify = Callable[[str | None], Awaitable[Holder | None]]
Denied = Callable[[Connection | None, str], Awaitable[None]]
log = logging.getLogger(__name__)


class Json(Protocol):
    """How packets are written and read: Reflex brings its own."""

    dumps: Callable[..., str]
    loads: Callable[..., Any]


class ChatServer(StockServer):
    """Handed to Reflex as `rx.App(sio=…)`."""

    eio: Engine
    manager: DirectManager

    def __init__(
        self,
        *,
        identify: Identify,
        connections: Connections,
        manager: DirectManager,
        json: Json,
        rules: ServerRules,
    ) -> None:
        self.connections = connections
        self.rules = rules
        self.counts: Counter[str] = Counter()
        self.on_gone: list[Callable[[str], None]] = []
        self.on_denied: list[Denied] = []
        self._identify = identify
        super().__init__(
            client_manager=manager,
            json=json,
            async_mode="asgi",
            async_handlers=False,
            namespaces=[rules.namespace],
            cors_allowed_origins=list(rules.origins),
            max_http_buffer_size=MAX_FRAME,
            ping_interval=rules.ping_interval,
            ping_timeout=rules.ping_timeout,
            allow_upgrades=False,
            transports=["websocket"],
            # Not known to Socket.IO: handed through to our Engine.
            rate=rules.rate,
            counts=self.counts,
            outbound_limit=rules.outbound_limit,
        )

    async def say(self, sid: str, packet: Packet) -> None:
        """Send a payload to one socket of this process."""
        await self.emit(EVENT, packet, to=sid, namespace=self.rules.namespace, ignore_queue=True)

    async def end_session(self, session_id: SessionId, farewell: Packet) -> None:
        """Say goodbye to the sockets of a session in this process, and close them for good."""
        for connection in self.connections.of_session(session_id):
            await self.say(connection.sid, farewell)
            # Reflex's page does not come back after this: right for a session that is over.
            await self.disconnect(connection.sid, self.rules.namespace, ignore_queue=True)
        for transport in self.connections.transports_of(session_id):
            if (socket := self.eio.sockets.get(transport)) is not None:
                socket.finish()

    def cut_transport(self, sid: str) -> None:
        """Close only the transport of a socket: Reflex's page comes back by itself."""
        transport = self.manager.eio_sid_from_sid(sid, self.rules.namespace)
        if transport in self.eio.sockets:
            self.eio.sockets[transport].cut("asked")

    def finish_all(self) -> None:
        """Write what waits and close every transport: for a deploy, pages find the next server."""
        for socket in list(self.eio.sockets.values()):
            socket.finish()

    async def _handle_eio_connect(
        self, eio_sid: str, environ: dict[str, Any]
    ) -> bool | HandshakeRefused:
        try:
            await self._admit(eio_sid, environ)
        except HandshakeRefused as refused:
            self.counts[f"refused_{refused.reason}"] += 1
            return refused
        await super()._handle_eio_connect(eio_sid, environ)
        return True

    async def _admit(self, transport: str, environ: dict[str, Any]) -> None:
        """Read the opening request; nothing that comes later changes what it said."""
        rules, scope = self.rules, environ["asgi.scope"]
        handshake = read_handshake(
            scope,
            origins=rules.origins,
            cookie_name=rules.cookie_name,
            proxy_hops=rules.proxy_hops,
        )
        self.connections.admit(transport, handshake)
        is_identified = False
        try:
            self.connections.identify(transport, await self._identify(handshake.cookie))
            is_identified = True
        finally:
            if not is_identified:
                self.connections.release(transport)
        # Reflex keeps the headers in its states, and those perhaps in Redis.
        environ["asgi.scope"] = without_cookie(scope, rules.cookie_name)
        environ.pop("HTTP_COOKIE", None)

    async def _handle_eio_message(self, eio_sid: str, data: Untyped) -> None:
        """Hand on what a page of ours would send; cut whoever sends anything else."""
        if not isinstance(data, str) or data[:1] not in PACKET_TYPES:
            self._cut(eio_sid, "unknown_packet")
            return
        try:
            await super()._handle_eio_message(eio_sid, data)
        except (ValueError, RecursionError) as malformed:
            # The stock server would log the payload, which may hold what nobody should read.
            log.warning("a socket sent what cannot be read: %s", type(malformed).__name__)
            self._cut(eio_sid, "malformed")

    async def _handle_event(
        self, eio_sid: str, namespace: str | None, ack: Untyped, data: Untyped
    ) -> None:
        """Drop what no page sends: the stock server would take a "connect" for a real one."""
        if not _is_client_event(data):
            self.counts["dropped_event"] += 1
            return
        handler = _handler_of(data)
        if handler is not None and not self._is_allowed(handler):
            # Reflex would look for it, and log all that came with it.
            self.counts["denied_event"] += 1
            connection = self._connection_of(eio_sid, namespace)
            for tell in self.on_denied:
                await tell(connection, handler)
            return
        await super()._handle_event(eio_sid, namespace, ack, data)

    async def _handle_connect(self, eio_sid: str, namespace: str | None, data: Untyped) -> None:
        if eio_sid not in self.environ:
            return
        try:
            await super()._handle_connect(eio_sid, namespace, data)
        finally:
            await self._tidy_up(eio_sid, namespace or "/")

    async def _tidy_up(self, eio_sid: str, namespace: str) -> None:
        """Forget a socket that did not join, or whose transport went while it was joining."""
        sid = self.manager.sid_from_eio_sid(eio_sid, namespace)
        if sid is None:
            return
        if not self.manager.is_connected(sid, namespace):
            await self.manager.disconnect(sid, namespace, ignore_queue=True)
            self._forget(sid)
            self._cut(eio_sid, "not_joined")
        elif eio_sid not in self.environ:
            await self._handle_disconnect(eio_sid, namespace, self.reason.TRANSPORT_CLOSE)

    async def _trigger_event(self, event: str, namespace: str, *args: Untyped) -> Untyped:
        """Bind the socket id before anybody hears of it, and let it go after everybody did."""
        if event == "connect" and not self._join(namespace, args[0]):
            return False
        try:
            result = cast("object", await super()._trigger_event(event, namespace, *args))
        finally:
            if event == "disconnect":
                self._forget(args[0])
        if event == "connect" and result is False:
            self._forget(args[0])
        return result

    async def _handle_eio_disconnect(self, eio_sid: str, reason: str) -> None:
        try:
            await super()._handle_eio_disconnect(eio_sid, reason)
        finally:
            self.connections.release(eio_sid)

    def _is_allowed(self, handler: str) -> bool:
        return self.rules.handlers is None or handler in self.rules.handlers

    def _connection_of(self, eio_sid: str, namespace: str | None) -> Connection | None:
        sid = self.manager.sid_from_eio_sid(eio_sid, namespace or "/")
        return None if sid is None else self.connections.get(sid)

    def _join(self, namespace: str, sid: str) -> bool:
        transport = self.manager.eio_sid_from_sid(sid, namespace)
        return transport is not None and self.connections.join(transport, sid)

    def _forget(self, sid: str) -> None:
        if self.connections.leave(sid) is not None:
            for tell in self.on_gone:
                tell(sid)

    def _cut(self, transport: str, why: str) -> None:
        if transport in self.eio.sockets:
            self.eio.sockets[transport].cut(why)

    def _engineio_server_class(self) -> type[Engine]:
        return Engine


def _is_client_event(data: Untyped) -> bool:
    """Say whether it is a known name with at most one argument."""
    if not isinstance(data, list):
        return False
    words = cast("list[object]", data)
    return len(words) in {1, 2} and isinstance(words[0], str) and words[0] in CLIENT_EVENTS


def _handler_of(data: Untyped) -> str | None:
    """Return which handler is called; "" for what names none, None where none is meant."""
    name, *more = cast("list[object]", data)
    if name != EVENT:
        return None
    fields = more[0] if more else None
    return (
        str(cast("dict[str, object]", fields).get("name", "")) if isinstance(fields, dict) else ""
    )
