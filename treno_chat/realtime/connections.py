"""Who is connected: what the handshake said of every socket, unchanged until it goes."""

import math
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace

from treno_chat.domain.addresses import network_of
from treno_chat.domain.buckets import Buckets, Rate
from treno_chat.domain.door.sessions import Holder
from treno_chat.domain.ids import SessionId, UserId
from treno_chat.realtime.handshake import Handshake, HandshakeRefused, TooManyHandshakes


@dataclass(frozen=True, kw_only=True, slots=True)
class Connection:
    """A socket and whom the handshake showed behind it; a stranger holds no session."""

    sid: str
    holder: Holder | None
    address: str
    user_agent: str
    token: str

    @property
    def session_id(self) -> SessionId | None:
        """The session that the handshake's cookie stood for."""
        return None if self.holder is None else self.holder.session_id


@dataclass(frozen=True, kw_only=True, slots=True)
class _Transport:
    network: str
    handshake: Handshake
    holder: Holder | None = None


class Connections:
    """The sockets of this process.

    A transport is admitted, identified, and joins the namespace under its socket id (`sid`); only
    the server calls these. Everybody else asks.
    """

    def __init__(
        self,
        *,
        per_network: int,
        total: int,
        per_minute: int,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        # As many may come at once as may be there: all of a train do when a tunnel ends.
        self._arrivals = Buckets(Rate(burst=per_network, per_second=per_minute / 60))
        self._clock = clock
        self._per_network = per_network
        self._total = total
        self._transports: dict[str, _Transport] = {}
        self._by_network: Counter[str] = Counter()
        self._by_sid: dict[str, Connection] = {}
        self._by_session: defaultdict[SessionId, set[str]] = defaultdict(set)
        self._by_holder: defaultdict[UserId, set[str]] = defaultdict(set)
        self._by_person: defaultdict[UserId, set[str]] = defaultdict(set)
        self._person_of: dict[str, UserId] = {}

    def __len__(self) -> int:
        """Return how many transports are open."""
        return len(self._transports)

    def get(self, sid: str) -> Connection | None:
        """Return the connection of a socket, None when it is gone or never was."""
        return self._by_sid.get(sid)

    def of_session(self, session_id: SessionId) -> list[Connection]:
        """Return the sockets of a session: its tabs."""
        return [self._by_sid[sid] for sid in sorted(self._by_session.get(session_id, ()))]

    def of_person(self, user_id: UserId) -> list[Connection]:
        """Return the sockets of a person that watch a room."""
        return [self._by_sid[sid] for sid in sorted(self._by_person.get(user_id, ()))]

    def of_holder(self, user_id: UserId) -> list[Connection]:
        """Return the sockets whose session is a person's, whatever page they show."""
        return [self._by_sid[sid] for sid in sorted(self._by_holder.get(user_id, ()))]

    def transports_of(self, session_id: SessionId) -> list[str]:
        """Return the transports of a session, joined or still on their way."""
        return [
            key
            for key, one in self._transports.items()
            if one.holder and one.holder.session_id == session_id
        ]

    def claim(self, sid: str, user_id: UserId) -> None:
        """Note whose socket it is, once the caller has looked the person up."""
        self._release_person(sid)
        self._person_of[sid] = user_id
        self._by_person[user_id].add(sid)

    def admit(self, transport: str, handshake: Handshake) -> None:
        """Count a transport in, before anything is looked up for it; refuse one too many."""
        network = network_of(handshake.address)
        if len(self._transports) >= self._total:
            raise HandshakeRefused("total")
        if self._by_network[network] >= self._per_network:
            raise HandshakeRefused("address")
        if wait := self._arrivals.take(network, self._clock()):
            raise TooManyHandshakes(seconds=math.ceil(wait))
        self._by_network[network] += 1
        self._transports[transport] = _Transport(network=network, handshake=handshake)

    def identify(self, transport: str, holder: Holder | None) -> None:
        """Bind whoever holds the session that the handshake's cookie stands for."""
        self._transports[transport] = replace(self._transports[transport], holder=holder)

    def join(self, transport: str, sid: str) -> bool:
        """Bind a socket id to its transport; False when there was no proper handshake."""
        known = self._transports.get(transport)
        if known is None:
            return False
        self._by_sid[sid] = Connection(
            sid=sid,
            holder=known.holder,
            address=known.handshake.address,
            user_agent=known.handshake.user_agent,
            token=known.handshake.token,
        )
        if known.holder is not None:
            self._by_session[known.holder.session_id].add(sid)
            self._by_holder[known.holder.user_id].add(sid)
        return True

    def leave(self, sid: str) -> Connection | None:
        """Forget a socket id; its transport may still be open."""
        connection = self._by_sid.pop(sid, None)
        self._release_person(sid)
        if connection is not None and connection.holder is not None:
            _discard(self._by_session, connection.holder.session_id, sid)
            _discard(self._by_holder, connection.holder.user_id, sid)
        return connection

    def release(self, transport: str) -> None:
        """Forget a transport that is closed."""
        known = self._transports.pop(transport, None)
        if known is None:
            return
        self._by_network[known.network] -= 1
        if not self._by_network[known.network]:
            del self._by_network[known.network]

    def _release_person(self, sid: str) -> None:
        user_id = self._person_of.pop(sid, None)
        if user_id is not None:
            _discard(self._by_person, user_id, sid)


def _discard(index: defaultdict[str, set[str]], key: str, sid: str) -> None:
    index[key].discard(sid)
    if not index[key]:
        del index[key]
