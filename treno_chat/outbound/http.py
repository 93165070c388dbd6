"""One HTTP request to a provider: with a deadline, without redirects, without surprises."""

import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from http.client import (
    HTTPConnection,
    HTTPException,
    HTTPResponse,
    HTTPSConnection,
    IncompleteRead,
)
from time import monotonic
from urllib.parse import urlsplit

from treno_chat.domain.delivery import DeliveryFailed

TIMEOUT_SECONDS = 5.0
MAX_ANSWER = 64 * 1024


class NoAnswer(DeliveryFailed):
    """Nobody answered, or in trouble of their own; asking again later makes sense."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason, is_passing=True)


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """What a provider answered."""

    status: int
    body: bytes = field(repr=False)

    @property
    def is_ok(self) -> bool:
        """Say whether it did what was asked."""
        return HTTPStatus.OK <= self.status < HTTPStatus.MULTIPLE_CHOICES


def ask(
    method: str,
    url: str,
    *,
    headers: Mapping[str, str],
    body: bytes | None = None,
    timeout: float = TIMEOUT_SECONDS,
) -> Answer:
    """Return the provider's answer, whatever it is; raises NoAnswer when there is none."""
    parts = urlsplit(url)
    path = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
    connection = _connect(parts.scheme, parts.hostname or "", parts.port, timeout=timeout)
    try:
        connection.request(method, path, body=body, headers=dict(headers))
        answered = connection.getresponse()
        return Answer(status=answered.status, body=_read(answered, until=monotonic() + timeout))
    except (OSError, HTTPException) as lost:
        # Its class alone: what it says may hold the address, with a secret in it.
        raise NoAnswer(type(lost).__name__) from lost
    finally:
        connection.close()


def require_up(answer: Answer) -> None:
    """Refuse an answer that is the provider's own trouble, or says that it was asked too often."""
    if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR or answer.status in (
        HTTPStatus.TOO_MANY_REQUESTS,
        HTTPStatus.REQUEST_TIMEOUT,
    ):
        raise NoAnswer(f"status {answer.status}")


def _read(answered: HTTPResponse, *, until: float) -> bytes:
    """Read what is answered, up to a size and a time: a timeout of its own has every piece."""
    body = bytearray()
    while len(body) < MAX_ANSWER and (piece := answered.read1(MAX_ANSWER - len(body))):
        body += piece
        if monotonic() > until:
            raise TimeoutError
    if answered.length and len(body) < MAX_ANSWER:
        raise IncompleteRead(bytes(body))
    return bytes(body)


def _connect(scheme: str, host: str, port: int | None, *, timeout: float) -> HTTPConnection:
    if scheme == "https":
        context = ssl.create_default_context()
        return HTTPSConnection(host, port, timeout=timeout, context=context)
    return HTTPConnection(host, port, timeout=timeout)
