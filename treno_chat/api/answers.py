"""Answers: JSON for scripts, pages for browsers; none of them may be kept by anybody."""

from collections.abc import Mapping
from typing import Any

from fastapi import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.types import Receive, Scope, Send

from treno_chat.api.cookies import THEME, theme_named

NO_STORE = {"Cache-Control": "no-store"}


class Json(JSONResponse):
    """JSON that says its character set (S11) and is not stored (S53)."""

    media_type = "application/json; charset=utf-8"

    def __init__(
        self,
        content: Mapping[str, Any],
        status_code: int = 200,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(content, status_code, {**NO_STORE, **(headers or {})})


class Page(HTMLResponse):
    """A page that the server drew, and that is not stored."""

    def __init__(
        self, content: str, status_code: int = 200, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(content, status_code, {**NO_STORE, **(headers or {})})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer in the theme that the reader chose; without scripts nothing else could."""
        theme = theme_named(Request(scope).cookies.get(THEME, ""))
        if theme in ("light", "dark"):
            themed = bytes(self.body).replace(b"<html", b'<html class="%s"' % theme.encode(), 1)
            self.body = themed
            self.headers["Content-Length"] = str(len(themed))
        await super().__call__(scope, receive, send)


def wants_json(request: Request) -> bool:
    """Say whether a script asks; a browser that submits a form asks for HTML."""
    return "application/json" in request.headers.get("accept", "")


def wants_page(request: Request) -> bool:
    """Say whether a person is going to look at the answer; the API speaks JSON alone."""
    if is_for_programs(request.scope["path"]):
        return False
    return not wants_json(request) and "text/html" in request.headers.get("accept", "")


def is_for_programs(path: str) -> bool:
    """Say whether a path belongs to the API, or to what programs ask before they use it."""
    return path.startswith(("/api/", "/.well-known/"))


def code_on(path: str, code: str) -> str:
    """Return a code as it is spelt there: to programs in capitals, to our own pages as it is."""
    return code.upper() if is_for_programs(path) else code


def led_to(request: Request, path: str) -> Response:
    """Lead the person on: a script goes there itself, a browser is sent."""
    if wants_json(request):
        return Json({"next": path})
    return RedirectResponse(path, status_code=303, headers=NO_STORE)
