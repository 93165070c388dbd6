"""What is refused, as the API's description says it: one body, one example for each status."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from pydantic import Field

from treno_chat.api.v1.shapes import Told


class Problem(Told):
    """Why something was not done: words for a person, a code for a program."""

    detail: str = Field(description="What happened, in the language that was asked for")
    code: str = Field(description="The same for a program; it does not change")
    field: str | None = Field(default=None, description="What it is about, where that is one thing")
    retry_after: int | None = Field(default=None, description="Seconds until it may be tried again")
    reference: str | None = Field(default=None, description="What our log calls this fault")


_EXAMPLES: dict[HTTPStatus, tuple[str, dict[str, Any]]] = {
    HTTPStatus.BAD_REQUEST: (
        "A link by mail that opens nothing, or not any more",
        {
            "detail": "This link opens nothing any more. Ask for another one.",
            "code": "LINK_DEAD",
        },
    ),
    HTTPStatus.UNAUTHORIZED: (
        "Nobody is signed in, or the token is not good (any more)",
        {"detail": "The visit has ended. Come in again.", "code": "NOT_SIGNED_IN"},
    ),
    HTTPStatus.FORBIDDEN: (
        "Known, and not allowed; also what comes from a foreign page",
        {"detail": "You can’t do this.", "code": "FORBIDDEN"},
    ),
    HTTPStatus.NOT_FOUND: (
        "Missing, or somebody else's: the same answer",
        {"detail": "It isn’t here, or not any more.", "code": "NOT_FOUND"},
    ),
    HTTPStatus.CONFLICT: (
        "Somebody was faster",
        {
            "detail": "Someone here has that alias, or nearly. Try another one.",
            "code": "ALIAS_TAKEN",
            "field": "alias",
        },
    ),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: (
        "The body is over 64 KiB",
        {"detail": "It is too large.", "code": "TOO_LARGE"},
    ),
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: (
        "The body is not named as JSON",
        {
            "detail": "The body must be JSON, and say so in Content-Type.",
            "code": "UNSUPPORTED_MEDIA_TYPE",
        },
    ),
    HTTPStatus.UNPROCESSABLE_ENTITY: (
        "What was sent cannot be taken",
        {"detail": "This cannot be taken as it is.", "code": "BAD_INPUT", "field": "limit"},
    ),
    HTTPStatus.TOO_MANY_REQUESTS: (
        "A limit; `Retry-After` says how long to wait",
        {"detail": "A little slower: try again in 3 s.", "code": "TOO_FAST", "retry_after": 3},
    ),
    HTTPStatus.INTERNAL_SERVER_ERROR: (
        "Our fault; the reference is in our log as well",
        {
            "detail": "Something broke, through our fault. "
            "If you tell us, the reference is 1f2e3d4c.",
            "code": "UNEXPECTED",
            "reference": "1f2e3d4c",
        },
    ),
    HTTPStatus.SERVICE_UNAVAILABLE: (
        "Not possible right now, through our fault",
        {
            "detail": "Not possible right now, through our fault. Try again shortly.",
            "code": "UNAVAILABLE",
        },
    ),
}


def _header(description: str, kind: str) -> Mapping[str, Any]:
    return {"description": description, "schema": {"type": kind}}


_HEADERS: dict[HTTPStatus, dict[str, Any]] = {
    HTTPStatus.UNAUTHORIZED: {
        "WWW-Authenticate": _header("`Bearer`, with an error when a token was sent", "string")
    },
    HTTPStatus.TOO_MANY_REQUESTS: {"Retry-After": _header("Seconds to wait", "integer")},
    HTTPStatus.SERVICE_UNAVAILABLE: {
        "Retry-After": _header("Seconds to wait, where that is known", "integer")
    },
}


def refusing(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Return what the documents say of refusals, each with an example."""
    return {int(status): _documented(HTTPStatus(status)) for status in statuses}


def _documented(status: HTTPStatus) -> dict[str, Any]:
    description, example = _EXAMPLES[status]
    documented: dict[str, Any] = {
        "model": Problem,
        "description": description,
        "content": {"application/json": {"example": example}},
    }
    headers = _HEADERS.get(status)
    return documented if headers is None else {**documented, "headers": headers}


# What any route may answer; a route names only what it adds.
ALWAYS = refusing(403, 422, 429, 500, 503)
# What a route that reads a body adds.
OF_A_BODY = refusing(413, 415)
OF_A_CALLER = refusing(401)
