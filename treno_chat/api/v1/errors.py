"""Refusals of the API: `{detail, code, field?, retry_after?, reference?}`, and always JSON."""

import re
from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from treno_chat.actions.operations.readiness import DATABASE_AWAY
from treno_chat.api.errors import (
    broken,
    note_limit,
    retry_after,
    status_of,
    wait_of,
    without_database,
    words_of,
)
from treno_chat.api.house import words_for
from treno_chat.api.v1.shapes import ApiJson
from treno_chat.domain.refusals import ChatError, NotSignedIn, TooFast

# What HTTP itself refuses, by the code of its words.
CODES: dict[int, str] = {
    HTTPStatus.FORBIDDEN: "forbidden",
    HTTPStatus.NOT_FOUND: "not_found",
    HTTPStatus.METHOD_NOT_ALLOWED: "method_not_allowed",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "too_large",
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: "unsupported_media_type",
}
CHALLENGE = "Bearer"
BAD_BEARER = 'Bearer error="invalid_token"'
_FIELD = re.compile(r"[A-Za-z0-9_.-]{1,64}")
_SENT_IN = ("body", "query", "path", "header", "cookie")


def answer_api_refusals(api: FastAPI) -> None:
    """Translate everything that a route of the API raises."""
    api.add_exception_handler(ChatError, _refused)
    api.add_exception_handler(RequestValidationError, _malformed)
    api.add_exception_handler(HTTPException, _unfit)
    for away in DATABASE_AWAY:
        api.add_exception_handler(away, without_database)
    api.add_exception_handler(Exception, broken)


def _refused(request: Request, refusal: Exception) -> Response:
    if not isinstance(refusal, ChatError):
        raise refusal
    body: dict[str, Any] = {
        "detail": words_of(words_for(request), refusal),
        "code": refusal.code.upper(),
    }
    if refusal.field is not None:
        body["field"] = refusal.field
    if isinstance(refusal, TooFast):
        note_limit(request)
    if (seconds := wait_of(refusal)) is not None:
        body["retry_after"] = seconds
    headers = retry_after(refusal)
    if status_of(refusal) == HTTPStatus.UNAUTHORIZED:
        # A wrong password is no fault of a token that was sent beside it.
        is_blamed = "authorization" in request.headers and isinstance(refusal, NotSignedIn)
        headers["WWW-Authenticate"] = BAD_BEARER if is_blamed else CHALLENGE
    return ApiJson(body, status_of(refusal), headers)


def _malformed(request: Request, fault: Exception) -> Response:
    # What was sent is not repeated: it may be a secret in the wrong field.
    found = fault.errors() if isinstance(fault, RequestValidationError) else ()
    field = next((name for name in map(_field_of, found) if name), None)
    return _answer(request, HTTPStatus.UNPROCESSABLE_ENTITY, "bad_input", field=field)


def _field_of(error: Mapping[str, Any]) -> str | None:
    """Return the name of a field, where it is one that a field can have."""
    where: Iterable[Any] = error.get("loc", ())
    parts = [str(part) for part in where]
    name = ".".join(parts[1:] if parts and parts[0] in _SENT_IN else parts)
    is_of_json = error.get("type") == "json_invalid"
    return name if _FIELD.fullmatch(name) and not is_of_json else None


def _unfit(request: Request, fault: Exception) -> Response:
    status = fault.status_code if isinstance(fault, HTTPException) else HTTPStatus.BAD_REQUEST
    if status == HTTPStatus.BAD_REQUEST:
        # What FastAPI says of a body that is no text at all: the same to us as one that is no JSON.
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    response = _answer(request, status, CODES.get(status, "bad_input"))
    response.headers.update(getattr(fault, "headers", None) or {})
    return response


def _answer(request: Request, status: int, code: str, **more: str | None) -> Response:
    told = {name: value for name, value in more.items() if value is not None}
    body = {"detail": words_for(request).say(f"error.{code}"), "code": code.upper()}
    return ApiJson({**body, **told}, status)
