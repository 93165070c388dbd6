"""Dressing answers: security headers on all, how long each may be kept, the cookies of a visit."""

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from fastapi import Request
from starlette.datastructures import MutableHeaders
from starlette.responses import Response
from starlette.types import Message

from treno_chat.api.cookies import LANGUAGE, VISITOR, set_language, set_visitor
from treno_chat.api.front.headers import ALWAYS, FROM_NOW_ON_SECURE
from treno_chat.api.house import choose_for, language_named
from treno_chat.domain.door.sessions import new_token

# The bundler puts the hash of the content into the name: such a file never changes.
_HASHED = re.compile(r"/assets/.+-[\w-]{8}\.\w+")
# A sheet of icons that is asked for by its version is such a file too (web/components/icons.py).
_SHEET = re.compile(r"/\w+\.svg\?[0-9a-f]{8}")
_FOREVER = "public, max-age=31536000, immutable"
# The pages about oneself, wherever one is.
OWN = ("account", "assistant", "tasks")
# The pages that nobody sees without a session.
INSIDE = ("p", *OWN)
_PRIVATE = (*INSIDE, "auth", "door", "api")
_BAD = 400


@dataclass(frozen=True, kw_only=True, slots=True)
class Dressing:
    """What every answer wears."""

    policy: str
    is_production: bool
    policies: Mapping[str, str] = field(default_factory=dict[str, str])

    def put_on(self, message: Message, request: Request, path: str) -> None:
        """Change the start of an answer in place."""
        headers = MutableHeaders(scope=message)
        for name, value in ALWAYS:
            headers[name] = value
        if self.is_production:
            headers[FROM_NOW_ON_SECURE[0]] = FROM_NOW_ON_SECURE[1]
        if headers.get("content-type", "").startswith("text/html"):
            headers["Content-Security-Policy"] = self.policies.get(path.strip("/"), self.policy)
            headers.setdefault("Cache-Control", "no-cache")
        if first_part(path) in _PRIVATE:
            headers["Cache-Control"] = "no-store"
        if message["status"] >= _BAD:
            return
        if _HASHED.fullmatch(path) or _SHEET.fullmatch(f"{path}?{request.url.query}"):
            headers["Cache-Control"] = _FOREVER
        for cookie in _cookies_of_visit(request, path):
            headers.append("set-cookie", cookie)
        _keep_private(headers)


def _keep_private(headers: MutableHeaders) -> None:
    """Let no cache between us give one person's cookies to another (S53)."""
    if "set-cookie" in headers and "no-store" not in headers.get("Cache-Control", ""):
        headers["Cache-Control"] = "private, no-cache"


def plain_path(path: str) -> str:
    """Return a path as a file server reads it: no doubled slashes, no dots."""
    return "/" + posixpath.normpath(path).lstrip("/.")


def first_part(path: str) -> str:
    """Return the first name of a path; in the browser's router large letters count as small."""
    return path.lstrip("/").partition("/")[0].lower()


def _cookies_of_visit(request: Request, path: str) -> list[str]:
    """Return the cookies that a page sets: its language, and a mark to count entries by."""
    shown = language_named(first_part(path))
    is_door = shown is not None or first_part(path) == "door"
    speaks = shown or (choose_for(request) if first_part(path) in INSIDE else None)
    carrier = Response()
    known = request.cookies.get(LANGUAGE)
    if speaks is not None and known != speaks and (shown is not None or known is None):
        set_language(carrier, speaks)
    if is_door and VISITOR not in request.cookies:
        set_visitor(carrier, new_token())
    return carrier.headers.getlist("set-cookie")
