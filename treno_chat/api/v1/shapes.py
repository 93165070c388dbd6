"""The shapes that every route of the API shares: bodies, ids, and the limit of a list."""

from collections.abc import Generator, Mapping
from contextlib import contextmanager
from typing import Annotated, Any

from fastapi import Path, Query
from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic.config import JsonDict
from starlette.background import BackgroundTask
from starlette.responses import JSONResponse

from treno_chat.api.answers import NO_STORE
from treno_chat.domain.refusals import Invalid, NotFound

MAX_LIMIT = 100
MAX_ID = 64
MAX_CURSOR = 256


class Asked(BaseModel):
    """What a route accepts: exactly this, nothing converted, nothing besides."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Told(BaseModel):
    """What a route answers."""

    model_config = ConfigDict(frozen=True)


@contextmanager
def about_content(field: str = "content") -> Generator[None]:
    """Name the field of a refused text as the API does: the pages call it otherwise."""
    try:
        yield
    except Invalid as refusal:
        if refusal.field == "text":
            refusal.field = field
        raise


class ApiJson(JSONResponse):
    """JSON that says its character set (S11) and is not stored (S53)."""

    def __init__(
        self,
        content: Any,  # noqa: ANN401 -- whatever JSON can be
        status_code: int = 200,  # FastAPI reads the default here
        headers: Mapping[str, str] | None = None,
        *,
        background: BackgroundTask | None = None,
    ) -> None:
        super().__init__(content, status_code, headers, background=background)
        self.headers["Content-Type"] = "application/json; charset=utf-8"
        for name, value in NO_STORE.items():
            self.headers.setdefault(name, value)


def _clamped(limit: int) -> int:
    return max(1, min(limit, MAX_LIMIT))


def _shaped(text: str) -> str:
    """Let nothing reach the database that no id of ours looks like: it does not exist."""
    if not 0 < len(text) <= MAX_ID or not text.isascii() or not text.isprintable():
        raise NotFound("not_found")
    return text


Limit = Annotated[
    int,
    Query(description=f"How many at most; what is below 1 or above {MAX_LIMIT} is moved there"),
    AfterValidator(_clamped),
]
CursorAsked = Annotated[
    str | None, Query(description="`next` of the page before", max_length=MAX_CURSOR)
]
# What a route that makes something adds to its answer.
LOCATED: dict[int | str, dict[str, Any]] = {
    201: {"headers": {"Location": {"description": "Where it is", "schema": {"type": "string"}}}}
}
# Said in the description alone: a refusal of nothing has words of its own.
NOT_EMPTY: JsonDict = {"minLength": 1}
PathId = Annotated[str, Path(description="An id that the API gave"), AfterValidator(_shaped)]
ClientId = Annotated[
    str | None,
    Field(
        pattern="^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$",
        description="A UUID of one's own, in small letters: saying it again is then harmless",
    ),
]
