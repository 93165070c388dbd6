"""The one translation for every handler: a refusal is an answer, anything else is a fault.

A database that does not answer is neither: it may be tried again.
"""

import asyncio
import secrets

import structlog
from reflex.event import EventSpec
from reflex_base.constants.route import RouteVar
from reflex_base.event.context import EventContext

from treno_chat.actions.operations.readiness import DATABASE_AWAY, note_away
from treno_chat.domain.refusals import ChatError, Unavailable
from treno_chat.realtime.connections import Connection
from treno_chat.web import wire
from treno_chat.web.house import house

log = structlog.get_logger(__name__)

# The loop itself keeps no hold of its tasks.
_telling: set[asyncio.Task[None]] = set()


def tell_refusal(exception: Exception) -> EventSpec | None:
    """Take note of what a handler raised; of a fault the page gets a reference and no more (S55).

    Refusals that belong to a thing on the screen were told there already (the gate, `send`).
    """
    connection = _asker()
    if isinstance(exception, ChatError):
        log.info("event_refused", refusal=exception.code, **_who(connection))
        return None
    reference = secrets.token_hex(4)
    if isinstance(exception, DATABASE_AWAY):
        note_away(exception, reference=reference, **_who(connection))
        _tell(connection, Unavailable("unavailable"))
        return None
    log.error("event_failed", reference=reference, exc_info=exception, **_who(connection))
    _tell(connection, ChatError("unexpected", reference=reference))
    return None


def _tell(connection: Connection | None, refusal: ChatError) -> None:
    if connection is not None:
        packet = wire.refusal("", refusal, at=house().transactions.clock())
        task = asyncio.create_task(house().realtime.server.say(connection.sid, packet))
        _telling.add(task)
        task.add_done_callback(_telling.discard)


def _asker() -> Connection | None:
    """Return the socket that asked: Reflex handles faults in a task that knows only the event."""
    sid = EventContext.get().router_data.get(RouteVar.SESSION_ID)
    return house().realtime.connections.get(str(sid))


def _who(connection: Connection | None) -> dict[str, str]:
    if connection is None:
        return {}
    return {"session": connection.session_id or "", "address": connection.address}
