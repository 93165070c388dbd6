"""The names that handlers have on the wire."""

from typing import Any, cast

from reflex.event import EventCallback, EventHandler
from reflex_base.utils.format import format_event_handler


def name_of(handler: EventCallback[*tuple[Any, ...]] | EventHandler) -> str:
    """Return a handler's full name; on a State class it is an EventHandler, whatever it seems."""
    return format_event_handler(cast("EventHandler", handler))
