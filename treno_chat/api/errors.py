"""Refusals and faults as answers: one body for scripts, one page for people, in their language.

`{detail, code, field?, retry_after?}`; of a fault nobody is told more than a reference (S55).
"""

import secrets
from http import HTTPStatus
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response
from structlog.contextvars import get_contextvars

from treno_chat.actions.often import note_refusal
from treno_chat.actions.operations.readiness import DATABASE_AWAY, note_away
from treno_chat.api.answers import Json, Page, code_on, wants_page
from treno_chat.api.drawn.notices import notice_of
from treno_chat.api.house import Catalogues, choose_for, house_of, words_for
from treno_chat.domain.door.sessions import Principal
from treno_chat.domain.operations.auth_events import AuthEventKind
from treno_chat.domain.refusals import (
    ChatError,
    Conflict,
    DeadLink,
    Forbidden,
    Invalid,
    NotFound,
    NotProven,
    NotSignedIn,
    TooFast,
    Unavailable,
)
from treno_chat.domain.words import Words

log = structlog.get_logger(__name__)

LOGGED = "it is in the log"
# After so long a database that was away may be asked again.
AWAY_SECONDS = 5

STATUS: dict[type[ChatError], int] = {
    Invalid: HTTPStatus.UNPROCESSABLE_ENTITY,
    NotSignedIn: HTTPStatus.UNAUTHORIZED,
    NotProven: HTTPStatus.UNAUTHORIZED,
    Forbidden: HTTPStatus.FORBIDDEN,
    DeadLink: HTTPStatus.BAD_REQUEST,
    NotFound: HTTPStatus.NOT_FOUND,
    Conflict: HTTPStatus.CONFLICT,
    TooFast: HTTPStatus.TOO_MANY_REQUESTS,
    Unavailable: HTTPStatus.SERVICE_UNAVAILABLE,
}
# What HTTP itself refuses, by the code of its words.
CODES: dict[int, str] = {
    HTTPStatus.FORBIDDEN: "forbidden",
    HTTPStatus.NOT_FOUND: "not_found",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "too_large",
}


def answer_refusals(api: FastAPI) -> None:
    """Translate everything that a route raises."""
    api.add_exception_handler(ChatError, _refused)
    api.add_exception_handler(RequestValidationError, _malformed)
    api.add_exception_handler(HTTPException, _unfit)
    for away in DATABASE_AWAY:
        api.add_exception_handler(away, without_database)
    api.add_exception_handler(Exception, broken)


def status_of(refusal: ChatError) -> int:
    """Return the HTTP status of a refusal."""
    return next(STATUS[kind] for kind in type(refusal).__mro__ if kind in STATUS)


def retry_after(refusal: ChatError) -> dict[str, str]:
    """Return the header that says how long to wait, where that is known."""
    seconds = wait_of(refusal)
    return {} if seconds is None else {"Retry-After": str(seconds)}


def wait_of(refusal: ChatError) -> int | None:
    """Return the seconds until it may be tried again, where that is known."""
    return refusal.seconds if isinstance(refusal, (TooFast, Unavailable)) else None


def words_of(words: Words, refusal: ChatError) -> str:
    """Return what a refusal says."""
    return words.say(f"error.{refusal.code}", **refusal.params)


def answer(
    request: Request, status: int, code: str, *, words: Catalogues | None = None, **more: str
) -> Response:
    """Answer what HTTP itself refuses, before or beside the actions.

    Whoever stands outside of the routes, and so of their house, brings the words along.
    """
    spoken = words_for(request) if words is None else words[choose_for(request)]
    body = {"detail": spoken.say(f"error.{code}", **more), "code": code}
    return _answer(request, spoken, status, body, {})


def broken(request: Request, fault: Exception, *, words: Catalogues | None = None) -> Response:
    """Answer what nobody expected: generic words, and a reference that the log has as well."""
    if isinstance(fault, DATABASE_AWAY):
        return without_database(request, fault, words=words)
    reference = str(get_contextvars().get("reference", "")) or secrets.token_hex(4)
    # What was answered further inside comes by here once more, on its way out.
    if not was_logged(fault):
        fault.add_note(LOGGED)
        log.error(
            "unexpected",
            reference=reference,
            method=request.method,
            path=request.url.path,
            exc_info=fault,
            **_who(request),
        )
    spoken = words_for(request) if words is None else words[choose_for(request)]
    body = {
        "detail": spoken.say("error.unexpected", reference=reference),
        "code": "unexpected",
        "reference": reference,
    }
    return _answer(request, spoken, HTTPStatus.INTERNAL_SERVER_ERROR, body, {})


def without_database(
    request: Request, fault: Exception, *, words: Catalogues | None = None
) -> Response:
    """Say that it may be tried again soon; what was missing stands in the log alone."""
    reference = str(get_contextvars().get("reference", "")) or secrets.token_hex(4)
    note_away(fault, reference=reference, path=request.url.path)
    spoken = words_for(request) if words is None else words[choose_for(request)]
    body = {
        "detail": spoken.say("error.unavailable"),
        "code": "unavailable",
        "retry_after": AWAY_SECONDS,
        "reference": reference,
    }
    headers = {"Retry-After": str(AWAY_SECONDS)}
    return _answer(request, spoken, HTTPStatus.SERVICE_UNAVAILABLE, body, headers)


def was_logged(fault: Exception) -> bool:
    """Say whether a fault was answered further inside."""
    return LOGGED in getattr(fault, "__notes__", ())


def _principal(request: Request) -> Principal | None:
    return getattr(request.state, "principal", None)


def _who(request: Request) -> dict[str, str]:
    principal = _principal(request)
    if principal is None:
        return {}
    return {"user": principal.user.id, "session": principal.session.id}


def _refused(request: Request, refusal: Exception) -> Response:
    if not isinstance(refusal, ChatError):
        raise refusal
    words = words_for(request)
    body: dict[str, Any] = {"detail": words_of(words, refusal), "code": refusal.code}
    if refusal.field is not None:
        body["field"] = refusal.field
    if isinstance(refusal, TooFast):
        note_limit(request)
    if (seconds := wait_of(refusal)) is not None:
        body["retry_after"] = seconds
    if "is_unknown" in refusal.params:
        # The page may then tell the device to forget this passkey (S67).
        body["is_unknown"] = True
    if "tries" in refusal.params:
        body["tries"] = refusal.params["tries"]
    return _answer(request, words, status_of(refusal), body, retry_after(refusal))


def note_limit(request: Request) -> None:
    """Write down that somebody came too often; to be called in a worker thread."""
    principal = _principal(request)
    note_refusal(
        house_of(request).transactions,
        AuthEventKind.LIMITED,
        user_id=principal and principal.user.id,
        session_id=principal and principal.session.id,
        address=str(get_contextvars().get("address", "")),
        detail=f"{request.method} {request.url.path}",
    )


def _malformed(request: Request, fault: Exception) -> Response:
    # What was sent is not repeated: it may be a secret in the wrong field.
    return _refused(request, Invalid("bad_request", field=_field_in(fault)))


def _field_in(fault: Exception) -> str | None:
    """Return the first field of ours that does not fit; what nobody asked for is not named."""
    faults = fault.errors() if isinstance(fault, RequestValidationError) else ()
    for each in faults:
        match each["loc"]:
            case ("body", str() as field) if each["type"] != "extra_forbidden":
                return field
            case _:
                continue
    return None


def _unfit(request: Request, fault: Exception) -> Response:
    status = fault.status_code if isinstance(fault, HTTPException) else HTTPStatus.BAD_REQUEST
    response = answer(request, status, CODES.get(status, "bad_request"))
    response.headers.update(getattr(fault, "headers", None) or {})
    return response


def _answer(
    request: Request, words: Words, status: int, body: dict[str, Any], headers: dict[str, str]
) -> Response:
    if wants_page(request):
        return Page(notice_of(words, body["code"], body["detail"]), status, headers)
    return Json({**body, "code": code_on(request.scope["path"], body["code"])}, status, headers)
