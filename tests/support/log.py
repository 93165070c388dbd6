"""What production would have written to its log, and what the tests write to theirs."""

import io
import json
import logging
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

import structlog
from structlog.dev import ConsoleRenderer, plain_traceback

from treno_chat.running.log import configure_log


@contextmanager
def written_log(level: str = "INFO") -> Generator[io.StringIO]:
    """Set the log up as production does, and everything back afterwards."""
    root = logging.getLogger()
    handlers, grave = root.handlers[:], root.level
    stream = io.StringIO()
    configure_log(level, is_production=True, stream=stream)
    try:
        yield stream
    finally:
        root.handlers[:] = handlers
        root.setLevel(grave)
        logging.captureWarnings(capture=False)
        speak_plainly()


def speak_plainly() -> None:
    """Log as the library does by itself, but faults without their coloured sources.

    Those take seconds, for everything that breaks on purpose.
    """
    structlog.reset_defaults()
    *steps, _renderer = structlog.get_config()["processors"]
    plain = ConsoleRenderer(exception_formatter=plain_traceback)
    structlog.configure(processors=[*steps, plain])


def lines_of(stream: io.StringIO) -> list[dict[str, Any]]:
    """Return the lines."""
    return [json.loads(line) for line in stream.getvalue().splitlines()]
