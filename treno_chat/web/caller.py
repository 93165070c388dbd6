"""Who is behind the event being handled: by the handshake, not by anything the client said."""

from contextvars import ContextVar
from dataclasses import dataclass

from treno_chat.domain.door.sessions import Holder, Principal
from treno_chat.realtime.connections import Connection


@dataclass(frozen=True, kw_only=True, slots=True)
class Caller:
    """A signed-in person and the socket they speak through."""

    connection: Connection
    holder: Holder
    known: Principal | None = None

    @property
    def principal(self) -> Principal:
        """The person; a handler whose action looks them up itself does not ask here."""
        if self.known is None:
            raise LookupError("the gate did not look this caller up")
        return self.known


_caller: ContextVar[Caller] = ContextVar("caller")


def set_caller(caller: Caller) -> None:
    """Note who calls; only the gate does."""
    _caller.set(caller)


def caller() -> Caller:
    """Return who called; a handler without a signed-in caller never gets here."""
    return _caller.get()
