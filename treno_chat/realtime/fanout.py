"""Fan-out: one packet, encoded once, put straight on the queue of everybody in a room."""
# The stock emit makes a task per listener, and each of them encodes, checks and logs for itself.

from collections.abc import Awaitable, Callable, Collection, Iterable
from typing import cast

from treno_chat.realtime.outbound import frame_of, size_of
from treno_chat.realtime.stock import ENGINE_MESSAGE, SOCKET_EVENT, StockManager, Untyped

# No client can join this namespace: what is emitted there is for the servers themselves.
CONTROL = "treno:control"
Hear = Callable[[str, Untyped], Awaitable[None]]


class DirectManager(StockManager):
    """Delivers within one process; `skip_sid` takes rooms as well as sockets."""

    hear: Hear | None = None

    async def emit(self, event: str, data: Untyped, namespace: str, **options: Untyped) -> None:
        """Deliver at once, without a task or a timer."""
        if namespace == CONTROL:
            if self.hear is not None:
                await self.hear(event, data)
            return
        skipped = self._sockets_of(namespace, _listed(options.get("skip_sid")))
        if options.get("callback"):
            # Acknowledgements are rare: the stock way knows how.
            options["skip_sid"] = list(skipped)
            await super().emit(event, data, namespace, **options)
            return
        room = options.get("to") or options.get("room")
        encoded = self._encode(event, data, namespace)
        self._deliver(self._listeners(namespace, room), encoded, skipped)

    def _encode(self, event: str, data: Untyped, namespace: str) -> str:
        arguments: list[Untyped] = [] if data is None else [data]
        if isinstance(data, tuple):
            arguments = list(cast("tuple[Untyped, ...]", data))
        # What we send is JSON: the stock way would look through all of it for bytes.
        made = self.server.packet_class(
            SOCKET_EVENT, namespace=namespace, data=[event, *arguments], binary=False
        )
        return f"{ENGINE_MESSAGE}{made.encode()}"

    def _listeners(self, namespace: str, room: Untyped) -> Iterable[tuple[str, str]]:
        if isinstance(room, str | None):
            # No copy, as the stock way makes: nothing changes rooms until the loop is through.
            return self.rooms.get(namespace, {}).get(room, {}).items()
        return self.get_participants(namespace, room)

    def _deliver(
        self, listeners: Iterable[tuple[str, str]], encoded: str, skipped: Collection[str]
    ) -> None:
        frame = frame_of(encoded)
        size = size_of(frame)
        sockets = self.server.eio.sockets
        for sid, transport in listeners:
            if sid in skipped:
                continue
            socket = sockets.get(transport)
            if socket is not None and not socket.closed:
                socket.queue.push(frame, size)

    def _sockets_of(self, namespace: str, names: Iterable[str]) -> set[str]:
        """Return the sockets that are named, or that are in a room that is named."""
        found: set[str] = set()
        rooms = self.rooms.get(namespace, {})
        for name in names:
            found.update(rooms.get(name, {name: None}))
        return found


def _listed(names: Untyped) -> Iterable[str]:
    if names is None:
        return ()
    return (names,) if isinstance(names, str) else names
