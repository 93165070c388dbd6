"""The witness of the sockets: writes down what an event was refused, and names it in the log."""

import secrets

import structlog
from anyio import to_thread
from structlog.contextvars import bind_contextvars, clear_contextvars

from treno_chat.actions.lanes import TALK
from treno_chat.actions.often import note_refusal
from treno_chat.domain.operations.auth_events import AuthEventKind
from treno_chat.realtime.connections import Connection
from treno_chat.web.house import house

log = structlog.get_logger(__name__)

MAX_NAME = 128


def see(connection: Connection | None) -> None:
    """Name the event in everything that is logged while it is handled."""
    clear_contextvars()
    bind_contextvars(reference=secrets.token_hex(4))
    if connection is not None:
        bind_contextvars(address=connection.address)


def saw_allowed(handler: str) -> None:
    """Write down that a handler was let through: for who looks into something, at level DEBUG."""
    log.debug("event_allowed", handler=handler)


async def saw_denied(connection: Connection | None, handler: str) -> None:
    """Write down what no table allows, by its name only: a payload may hold a secret."""
    await _note(connection, AuthEventKind.EVENT_DENIED, handler[:MAX_NAME])


async def saw_limited(connection: Connection, handler: str) -> None:
    """Write down that somebody came too often."""
    await _note(connection, AuthEventKind.LIMITED, handler)


async def _note(connection: Connection | None, kind: AuthEventKind, detail: str) -> None:
    def note() -> None:
        note_refusal(
            house().transactions,
            kind,
            session_id=None if connection is None else connection.session_id,
            address="" if connection is None else connection.address,
            detail=detail,
        )

    await to_thread.run_sync(note, limiter=TALK)
