"""What the socket server goes by: where it listens, from whom, and how much of it."""

from collections.abc import Collection
from dataclasses import dataclass

from treno_chat.domain.buckets import Rate
from treno_chat.realtime.outbound import LIMIT

EVENT = "event"
CLIENT_EVENTS = frozenset({EVENT, "ping", "client_error"})
MAX_FRAME = 64 * 1024
RATE = Rate(burst=30, per_second=10)  # frames of one socket
# CONNECT, DISCONNECT and EVENT. No ACK, for nothing here waits for one; nothing binary either,
# for an attachment could stand where a header is expected.
PACKET_TYPES = frozenset("012")


@dataclass(frozen=True, kw_only=True, slots=True)
class ServerRules:
    """The numbers of product and reliability; tests and benches move them."""

    origins: Collection[str]
    namespace: str = "/_event"
    cookie_name: str = "__Host-treno_session"
    proxy_hops: int = 0
    handlers: Collection[str] | None = None  # that a page may name; None: whatever there is
    rate: Rate = RATE
    ping_interval: float = 10
    ping_timeout: float = 5
    outbound_limit: int = LIMIT

    def __post_init__(self) -> None:
        """Refuse a list that lets everybody in."""
        # An empty list would switch the check off in Engine.IO.
        if not self.origins or "*" in self.origins:
            raise ValueError("the origins that may open a websocket must be listed, without *")
