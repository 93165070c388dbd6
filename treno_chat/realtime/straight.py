"""The straight way to a socket: what many hear is framed once, and written without a task.

Through the layers of ASGI every listener costs a wake-up, five calls that wait for each other and a
frame of their own; the line itself takes bytes at once.
"""

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import Frame, Opcode
from websockets.http11 import Request

# Where the server puts it into the scope; another server has none, and nothing else changes.
STRAIGHT = "treno_chat.straight"


class StraightProtocol(WebSocketsSansIOProtocol):
    """uvicorn's websocket, which also takes what is framed already."""

    def handle_connect(self, event: Request) -> None:
        """Offer the straight way to whoever serves this socket; the app runs a moment later."""
        super().handle_connect(event)
        if not self.close_sent:
            offered = self.scope.get("extensions") or {}
            way: dict[object, object] = {"write": self.write_straight}
            self.scope["extensions"] = {**offered, STRAIGHT: way}

    def write_straight(self, framed: bytes) -> bool:
        """Write a frame now; False when it has to wait for the line, or when that is closing."""
        if not self.writable.is_set() or self.close_sent or self.transport.is_closing():
            return False
        self.transport.write(framed)
        return True


def framed(payload: str | bytes) -> bytes:
    """Return a websocket frame as a server writes it; it serves any number of sockets."""
    if isinstance(payload, bytes):
        return Frame(Opcode.BINARY, payload).serialize(mask=False)
    return Frame(Opcode.TEXT, payload.encode()).serialize(mask=False)
