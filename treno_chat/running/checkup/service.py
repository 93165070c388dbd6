"""What the check-up sees of the service: the built pages, and what they wear when asked for."""

import ssl
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException, HTTPMessage, HTTPSConnection
from urllib.parse import SplitResult, urlsplit

from treno_chat.api.front.headers import ALWAYS, FROM_NOW_ON_SECURE
from treno_chat.running.checkup.finding import Findings, fault, ok, warning
from treno_chat.running.frontend import is_built
from treno_chat.settings import Settings

PATIENCE = 5
SKEW = timedelta(seconds=30)
PAGE = "/en"
ANYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 -- asked, not listened on
# Nobody answers, or not as one should; or what is asked is no address at all.
NOT_ASKED = (OSError, HTTPException, ValueError)
Answer = tuple[int, HTTPMessage]


def look_at_service(settings: Settings, *, is_online: bool) -> Findings:
    """Look at what is built and, on this machine alone unless `is_online`, at who answers."""
    if is_built(settings):
        yield ok("the built front end is the one of this program")
    else:
        yield fault("the built front end is not the one of this program: run `make build`.")
    yield from _here(settings)
    if is_online:
        yield from _outside(settings)


def _here(settings: Settings) -> Findings:
    """Ask the process itself, as the proxy does."""
    host = ANYWHERE.get(settings.host, settings.host)
    try:
        named = {"Host": urlsplit(settings.public_origin).netloc, "X-Forwarded-Proto": "https"}
        answer = _ask(HTTPConnection(host, settings.port, timeout=PATIENCE), named)
    except NOT_ASKED as error:
        yield warning(f"nobody answers on {host}:{settings.port} ({error}): start it.")
        return
    yield from _worn(f"{host}:{settings.port}", answer, settings)


def _outside(settings: Settings) -> Findings:
    """Ask the address that people open, and its plain sister."""
    try:
        origin = urlsplit(settings.public_origin)
        answer = _ask(line_to(origin), {})
    except NOT_ASKED as error:
        yield fault(f"{settings.public_origin} does not answer ({error}): look at the proxy.")
        return
    yield from _worn(settings.public_origin, answer, settings)
    yield from _clock(answer[1].get("Date"))
    if origin.scheme == "https":
        yield from _plain(origin)


def _plain(origin: SplitResult) -> Findings:
    try:
        status, headers = _ask(HTTPConnection(origin.hostname or "", timeout=PATIENCE), {})
    except (OSError, HTTPException):
        yield ok("nothing answers in plain HTTP")
        return
    if status < HTTPStatus.BAD_REQUEST and headers.get("Location", "").startswith("https://"):
        yield ok("plain HTTP leads to https")
    else:
        yield fault(f"http://{origin.hostname} answers {status}: let it lead to https.")


def line_to(origin: SplitResult) -> HTTPConnection:
    """Return a connection to whoever an address names, opened when something is asked."""
    host = origin.hostname or ""
    if origin.scheme == "http":
        return HTTPConnection(host, origin.port, timeout=PATIENCE)
    return HTTPSConnection(
        host, origin.port, timeout=PATIENCE, context=ssl.create_default_context()
    )


def _ask(line: HTTPConnection, headers: dict[str, str]) -> Answer:
    try:
        line.request("GET", PAGE, headers=headers)
        answer = line.getresponse()
        answer.read()
    finally:
        line.close()
    return answer.status, answer.headers


def _worn(where: str, answer: Answer, settings: Settings) -> Findings:
    """Compare an answer with what every page of ours wears."""
    status, headers = answer
    if status != HTTPStatus.OK:
        yield fault(
            f"{where} answers {status} at {PAGE}: another program, or another PUBLIC_ORIGIN."
        )
        return
    expected = [*ALWAYS, *([FROM_NOW_ON_SECURE] if settings.is_production else [])]
    missing = [name for name, value in expected if headers.get(name) != value]
    if "object-src 'none'" not in headers.get("Content-Security-Policy", ""):
        missing.append("Content-Security-Policy")
    if missing:
        yield fault(f"{where} answers without {', '.join(missing)}: the proxy must leave them.")
    else:
        yield ok(f"{where} answers as it should")


def _clock(date: str | None) -> Findings:
    if date is None:
        return
    away = abs(datetime.now(UTC) - parsedate_to_datetime(date))
    if away > SKEW:
        yield warning(f"the proxy's clock is {away.seconds} s from ours: set both by NTP.")
