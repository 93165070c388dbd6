"""The one translation for every handler: a refusal is an answer, anything else is a fault."""

import structlog
from reflex.event import EventSpec

from treno_chat.domain.refusals import ChatError

log = structlog.get_logger(__name__)


def tell_refusal(exception: Exception) -> EventSpec | None:
    """Take note of what a handler raised; the page says nothing that it was not asked.

    Refusals that belong to a thing on the screen were told there already (the gate, `send`).
    """
    if isinstance(exception, ChatError):
        log.info("event_refused", code=exception.code)
    else:
        log.error("event_failed", exc_info=exception)
    return None
