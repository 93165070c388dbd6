"""Reading what was sent: a form or JSON, each only under its own name."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Annotated
from urllib.parse import parse_qsl

from fastapi import Depends, Request
from starlette.exceptions import HTTPException

FORM = "application/x-www-form-urlencoded"
JSON = "application/json"
MAX_FIELDS = 20


async def read_form(request: Request) -> Mapping[str, str]:
    """Return the fields of a form; an empty body is an empty form."""
    body = await request.body()
    if not body:
        return {}
    _require(request, FORM)
    try:
        text = body.decode("ascii")
        pairs = parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=MAX_FIELDS)
    except ValueError as malformed:
        raise HTTPException(HTTPStatus.BAD_REQUEST) from malformed
    return dict(pairs)


async def require_json(request: Request) -> None:
    """Refuse what is not JSON by name: a foreign form cannot send that without asking first."""
    _require(request, JSON)


def _require(request: Request, media_type: str) -> None:
    sent = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if sent != media_type:
        raise HTTPException(HTTPStatus.UNSUPPORTED_MEDIA_TYPE)


Form = Annotated[Mapping[str, str], Depends(read_form)]
