"""CORS: which other pages may read our answers. The only place that says so."""

from collections.abc import Collection
from http import HTTPStatus

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
_ASKED_HEADERS = ("Authorization", "Content-Type")
# What an answer says beside its body, and no page of another origin could read otherwise.
_TOLD_HEADERS = ("ETag", "Location", "Retry-After", "WWW-Authenticate")
_REMEMBERED_SECONDS = 600


class Cors:
    """Lets the pages of listed origins read; to any other page it says nothing at all."""

    def __init__(self, app: ASGIApp, *, origins: Collection[str]) -> None:
        self.app = app
        self.origins = frozenset(origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer what a browser asks beforehand; put the permission on every other answer."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        origins = headers.getlist("origin")
        origin = origins[0] if len(origins) == 1 and origins[0] in self.origins else None

        async def send_permitted(message: Message) -> None:
            if message["type"] == "http.response.start":
                _permit(MutableHeaders(scope=message), origin)
            await send(message)

        asks_beforehand = "access-control-request-method" in headers and origins
        if scope["method"] == "OPTIONS" and asks_beforehand:
            await _told_beforehand(is_permitted=origin is not None)(scope, receive, send_permitted)
        else:
            await self.app(scope, receive, send_permitted)


def _permit(headers: MutableHeaders, origin: str | None) -> None:
    # Said on every answer: a cache must not give one page what was answered to another. Said once:
    # the layers of Reflex say it too, each for itself.
    told = [name.strip() for line in headers.getlist("vary") for name in line.split(",")]
    headers["Vary"] = ", ".join([*(name for name in told if name.lower() != "origin"), "Origin"])
    if origin is not None:
        headers["Access-Control-Allow-Origin"] = origin
        headers["Access-Control-Allow-Credentials"] = "true"
        headers["Access-Control-Expose-Headers"] = ", ".join(_TOLD_HEADERS)


def _told_beforehand(*, is_permitted: bool) -> Response:
    if not is_permitted:
        return Response(status_code=HTTPStatus.FORBIDDEN)
    headers = {
        "Access-Control-Allow-Methods": ", ".join(METHODS),
        "Access-Control-Allow-Headers": ", ".join(_ASKED_HEADERS),
        "Access-Control-Max-Age": str(_REMEMBERED_SECONDS),
    }
    return Response(status_code=HTTPStatus.NO_CONTENT, headers=headers)
