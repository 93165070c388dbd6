"""What Reflex opens besides: for the outside it does not exist (row 3.15)."""

from http import HTTPStatus

from fastapi import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from treno_chat.api.errors import answer
from treno_chat.api.front.dressing import first_part, plain_path
from treno_chat.api.house import Catalogues

# Its own routes begin with an underscore, these two do not; ours is `/health`.
_NAMED = frozenset({"ping", "auth-codespace"})
_SOCKET = "_event"


class Hidden:
    """Answers 404 before Reflex hears of it, also to what a later version brings."""

    def __init__(self, app: ASGIApp, *, words: Catalogues) -> None:
        self.app = app
        self.words = words

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let through what is for anybody."""
        if scope["type"] != "http" or not _is_hidden(scope["path"]):
            await self.app(scope, receive, send)
            return
        response = answer(Request(scope), HTTPStatus.NOT_FOUND, "not_found", words=self.words)
        await response(scope, receive, send)


def _is_hidden(path: str) -> bool:
    first = first_part(plain_path(path))
    return first in _NAMED or (first.startswith("_") and first != _SOCKET)
