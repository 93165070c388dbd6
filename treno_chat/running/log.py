"""The log: one line for each thing that happened, JSON in production, readable in development.

Whatever is said by us, by uvicorn or by a library goes through the same steps: no secret gets in,
nothing a person typed can forge or colour a line (S57, S58).
"""

import logging
import sys
from collections.abc import MutableMapping
from typing import Any, TextIO

import structlog
from structlog.stdlib import ProcessorFormatter
from structlog.types import Processor

from treno_chat.running.log_faults import describe_fault
from treno_chat.running.log_safety import escape_controls, mask_secrets

OURS = "treno_chat"
# They put whole events into their words, with everything that a page sent: only where is told.
REPEATING = ("reflex", "socketio", "engineio")
OF_THE_SERVER = ("uvicorn", "uvicorn.error", "uvicorn.access")
OF_THE_SOCKETS = ("socketio.server", "engineio.server")
Line = MutableMapping[str, Any]


def configure_log(level: str, *, is_production: bool, stream: TextIO | None = None) -> None:
    """Set the log up, once, before anything is said."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_steps(),
            ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,  # tests set it up anew
    )
    handler = logging.StreamHandler(stream) if stream else _StandardError()
    handler.setFormatter(_formatter(is_production=is_production))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    for name in OF_THE_SOCKETS:
        # Those without a level give themselves one, and a handler of their own.
        logging.getLogger(name).setLevel(logging.ERROR)
    for name in (*OF_THE_SERVER, *OF_THE_SOCKETS):
        # Left alone, they would write by themselves, past everything that is done here.
        logging.getLogger(name).handlers.clear()
        logging.getLogger(name).propagate = True
    logging.getLogger(OURS).setLevel(level)
    logging.captureWarnings(capture=True)


class _StandardError(logging.StreamHandler[TextIO]):
    """Writes to what is the standard error when it writes, not when it was made."""

    def __init__(self) -> None:
        logging.Handler.__init__(self)

    @property
    def stream(self) -> TextIO:  # pyright: ignore[reportIncompatibleVariableOverride]
        """The standard error."""
        return sys.stderr


def _steps() -> tuple[Processor, ...]:
    """What every line goes through, whoever says it."""
    return (
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
        describe_fault,
        mask_secrets,
        escape_controls,
    )


def _formatter(*, is_production: bool) -> ProcessorFormatter:
    renderer: Processor = (
        structlog.processors.JSONRenderer()
        if is_production
        else structlog.dev.ConsoleRenderer(timestamp_key="at", colors=sys.stderr.isatty())
    )
    return ProcessorFormatter(
        foreign_pre_chain=[_shorten, *_steps()],
        processors=[ProcessorFormatter.remove_processors_meta, renderer],
        use_get_message=True,
    )


def _shorten(_logger: object, _method: str, line: Line) -> Line:
    said: logging.LogRecord = line["_record"]
    if said.name.startswith(REPEATING):
        return {**line, "event": f"{said.name}:{said.lineno} {said.funcName}"}
    # A library's further lines hold what it worked on; asyncio's, the words of the exception.
    first, *more = str(line["event"]).splitlines() or [""]
    return {**line, "event": f"{first} …" if more else first}
