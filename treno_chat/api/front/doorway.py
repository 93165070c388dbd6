"""The doorway before everything: whether a request came to our own name, and by https.

Pure ASGI and outermost, so that nothing is looked up for what came to somebody else's name.
"""

from collections.abc import Collection
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urlsplit

from fastapi import Request
from starlette.datastructures import Headers
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from treno_chat.api.answers import NO_STORE, Page
from treno_chat.api.drawn.templates import render_notice_page
from treno_chat.api.front.headers import ALWAYS
from treno_chat.api.house import Catalogues, choose_for

# A proxy asks these of the machine, by its address and without TLS.
FOR_PROXIES = frozenset({"/health", "/ready"})
POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
_SECURE = frozenset({"https", "wss"})
_POLICY_VIOLATION = 1008
_DEFAULT_PORTS = (":80", ":443")


@dataclass(frozen=True, kw_only=True, slots=True)
class Doorway:
    """Wraps the whole program; the first of `origins` is the address that people open."""

    app: ASGIApp
    origins: Collection[str]
    words: Catalogues
    proxy_hops: int = 0
    is_production: bool = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or answer it here."""
        if scope["type"] == "websocket" and not self._is_secure(scope):
            # Whose page it is for, the handshake asks by its origin (S8).
            await send({"type": "websocket.close", "code": _POLICY_VIOLATION})
            return
        stopped = self._stop(scope) if scope["type"] == "http" else None
        await (stopped or self.app)(scope, receive, send)

    def _stop(self, scope: Scope) -> Response | None:
        """Return what is answered instead; None for what came as it should."""
        if scope["path"] in FOR_PROXIES:
            return None
        origin = self._origin_of(Headers(scope=scope).getlist("host"))
        if origin is None:
            return self._help(scope, HTTPStatus.MISDIRECTED_REQUEST, "wrong_address")
        if self._is_secure(scope):
            return None
        if not self._told(scope) and self.proxy_hops:
            # Led to https it would come back the same way, for ever.
            return self._help(scope, HTTPStatus.BAD_REQUEST, "proxy_silent")
        return _led_to(origin, scope)

    def _origin_of(self, hosts: list[str]) -> str | None:
        """Return the origin that a request came to; what names none, or two, came to none."""
        if len(hosts) != 1:
            return None
        asked = _without_default_port(hosts[0].strip().lower())
        return next((one for one in self.origins if _authority(one) == asked), None)

    def _is_secure(self, scope: Scope) -> bool:
        return not self.is_production or self._told(scope) in _SECURE

    def _told(self, scope: Scope) -> str:
        """Return how a request came; what a proxy says counts only where one of ours stands (S12).

        Each proxy appends what it saw, or sets it anew: the leftmost that one of ours can have
        said is the way the person came.
        """
        if not self.proxy_hops:
            return str(scope["scheme"])
        told = ",".join(Headers(scope=scope).getlist("x-forwarded-proto")).split(",")
        return told[-min(self.proxy_hops, len(told))].strip().lower()

    def _help(self, scope: Scope, status: HTTPStatus, code: str) -> Response:
        words = self.words[choose_for(Request(scope))]
        home = next(iter(self.origins))
        text = words.say(f"error.{code}", origin=home)
        page = render_notice_page(words, words.say("trouble.title"), text, (home, home))
        return Page(page, status, {**dict(ALWAYS), "Content-Security-Policy": POLICY})


def _led_to(origin: str, scope: Scope) -> Response:
    """Lead to the same path over https: to a name of our own, whatever the request says."""
    path = scope.get("raw_path", b"").decode("latin-1")
    query = scope.get("query_string", b"").decode("latin-1")
    to = f"{origin}{path if path.startswith('/') else '/'}{query and '?'}{query}"
    return RedirectResponse(to, HTTPStatus.PERMANENT_REDIRECT, {**dict(ALWAYS), **NO_STORE})


def _authority(origin: str) -> str:
    return _without_default_port(urlsplit(origin).netloc.lower())


def _without_default_port(authority: str) -> str:
    for port in _DEFAULT_PORTS:
        authority = authority.removesuffix(port)
    return authority
