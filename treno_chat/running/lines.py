"""The lines of the log: which of uvicorn's are worth reading."""

import logging


def is_news(record: logging.LogRecord) -> bool:
    """Pass over the line that uvicorn writes when a websocket was refused in words.

    It takes that for an answer forgotten; who is refused for coming too often would fill the log.
    """
    return record.msg != "ASGI callable returned without completing handshake."
