"""The guard before everything that changes something: whose page asks, and how much it sends.

Pure ASGI, so that what Reflex serves is guarded as well; websockets are guarded elsewhere. Nobody
behind it needs the origin of a request any more, so nobody gets it; and beside an `Authorization`
header no route of the API gets a cookie, whether it looks at that header or not.
"""

from collections.abc import Collection
from http import HTTPStatus

from fastapi import Request
from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from treno_chat.api.answers import is_for_programs
from treno_chat.api.errors import answer
from treno_chat.api.house import Catalogues

MAX_BODY = 64 * 1024
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class Guard:
    """Refuses posts from foreign pages (S6) and bodies over 64 KiB (S11)."""

    def __init__(self, app: ASGIApp, *, origins: Collection[str], words: Catalogues) -> None:
        self.app = app
        self.words = words
        self.origins = frozenset(origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or answer it here."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        if _shows_a_token(scope):
            scope = _without(scope, b"cookie")
        if scope["method"] in SAFE:
            await self.app(_without(scope, b"origin"), receive, send)
            return
        headers = Headers(scope=scope)
        if not self._is_from_us(headers):
            response = self._refusal(scope, HTTPStatus.FORBIDDEN, "forbidden")
            await response(scope, receive, send)
            return
        try:
            body = await _read(headers, receive)
        except ClientDisconnect:
            return  # Half a form is none, and nobody is left to be told.
        if body is None:
            response = self._refusal(scope, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too_large")
            await response(scope, receive, send)
            return
        await self.app(_without(scope, b"origin"), _Replay(body, receive), send)

    def _refusal(self, scope: Scope, status: int, code: str) -> Response:
        return answer(Request(scope), status, code, words=self.words)

    def _is_from_us(self, headers: Headers) -> bool:
        if headers.get("sec-fetch-site") == "cross-site":
            return False
        origins = headers.getlist("origin")
        if not origins:
            # Every browser names the origin of a post; only what is none comes without a cookie.
            return "cookie" not in headers
        return self.origins.issuperset(origins)


def _shows_a_token(scope: Scope) -> bool:
    """Say whether the API is asked by whoever holds a token, or says so."""
    return "authorization" in Headers(scope=scope) and is_for_programs(scope["path"])


class _Replay:
    """Gives a body that was read already, then whatever the connection says."""

    def __init__(self, body: bytes, receive: Receive) -> None:
        self._body: bytes | None = body
        self._receive = receive

    async def __call__(self) -> Message:
        if self._body is None:
            return await self._receive()
        body, self._body = self._body, None
        return {"type": "http.request", "body": body, "more_body": False}


def _without(scope: Scope, header: bytes) -> Scope:
    headers = [(name, value) for name, value in scope["headers"] if name.lower() != header]
    return {**scope, "headers": headers}


async def _read(headers: Headers, receive: Receive) -> bytes | None:
    """Return the whole body; None when it is too large, said or not."""
    told = headers.get("content-length", "0")
    if not told.isdecimal() or int(told) > MAX_BODY:
        return None
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientDisconnect
        body += message.get("body", b"")
        if len(body) > MAX_BODY:
            return None
        if not message.get("more_body", False):
            return bytes(body)
