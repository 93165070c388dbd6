"""Dressing answers: security headers on all, how long each may be kept, the cookies of a visit."""

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from fastapi import Request
from starlette.datastructures import MutableHeaders
from starlette.responses import Response
from starlette.types import Message

from treno_chat.api.cookies import (
    LANGUAGE,
    THEME,
    VISITOR,
    set_language,
    set_theme,
    set_visitor,
)
from treno_chat.api.front.headers import ALWAYS, FROM_NOW_ON_SECURE, OF_PARTS
from treno_chat.api.house import choose_for, language_named
from treno_chat.domain.account.accounts import Taste
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
NO_TASTE = Taste()


@dataclass(frozen=True, kw_only=True, slots=True)
class Dressing:
    """What every answer wears."""

    policy: str
    is_production: bool
    policies: Mapping[str, str] = field(default_factory=dict[str, str])

    def put_on(
        self, message: Message, request: Request, path: str, taste: Taste = NO_TASTE
    ) -> None:
        """Change the start of an answer in place; `taste` is what the person wants everywhere."""
        headers = MutableHeaders(scope=message)
        is_part_of_page = _HASHED.fullmatch(path) and message["status"] < _BAD
        for name, value in OF_PARTS if is_part_of_page else ALWAYS:
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
        for cookie in _cookies_of_visit(request, path, taste):
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


def _cookies_of_visit(request: Request, path: str, taste: Taste) -> list[str]:
    """Return the cookies that a page sets: how it looks, and a mark to count entries by.

    They are there before the page runs: it is painted once, in the language and theme wanted.
    """
    shown = language_named(first_part(path))
    is_door = shown is not None or first_part(path) == "door"
    wanted = shown or language_named(taste.language or "")
    carrier = Response()
    known = request.cookies.get(LANGUAGE)
    if wanted is None and known is None and first_part(path) in INSIDE:
        wanted = choose_for(request)
    if wanted not in (None, known):
        set_language(carrier, wanted)
    if taste.theme not in (None, request.cookies.get(THEME)):
        set_theme(carrier, taste.theme)
    if is_door and VISITOR not in request.cookies:
        set_visitor(carrier, new_token())
    return carrier.headers.getlist("set-cookie")
