"""A browser without a browser: keeps cookies, says where it comes from, follows nothing."""

import json
from typing import Any
from urllib.parse import urlencode

from httpx import ASGITransport, AsyncClient, Response
from starlette.types import ASGIApp

ORIGIN = "https://treno.example"
HTML = "text/html,application/xhtml+xml"


class Browser:
    """One person's browser; `script` is what a page fetches, `form` what it submits."""

    def __init__(self, app: ASGIApp, *, origin: str = ORIGIN, language: str = "en") -> None:
        # A fault of ours is to be seen as people see it, not as an exception in the test.
        transport = ASGITransport(app, raise_app_exceptions=False, client=("192.0.2.7", 4321))
        self.origin = origin
        self.client = AsyncClient(
            transport=transport,
            base_url=origin,
            headers={"Accept-Language": language, "User-Agent": "a browser"},
        )

    async def get(self, path: str, **headers: str) -> Response:
        """Open an address."""
        return await self.client.get(path, headers={"Accept": HTML, **headers})

    async def ask(self, path: str, **headers: str) -> Response:
        """Fetch an address from a script."""
        return await self.client.get(path, headers={"Accept": "application/json", **headers})

    async def form(self, path: str, /, **fields: str) -> Response:
        """Submit a form, as a browser without JavaScript does."""
        return await self.send(path, fields, Accept=HTML)

    async def script(self, path: str, /, **fields: str) -> Response:
        """Submit a form from a script."""
        return await self.send(path, fields, Accept="application/json")

    async def json(self, path: str, body: Any) -> Response:  # noqa: ANN401 -- whatever JSON can be
        """Post JSON from a script."""
        content = json.dumps(body).encode()
        headers = {"Accept": "application/json", "Content-Type": "application/json"}
        return await self.send_raw(path, content, **headers)

    async def send(self, path: str, fields: dict[str, str], **headers: str) -> Response:
        """Post a form with headers of one's own."""
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        return await self.send_raw(path, urlencode(fields).encode(), **form | headers)

    async def send_raw(self, path: str, content: bytes, **headers: str) -> Response:
        """Post anything at all."""
        given = {"Accept": HTML, "Origin": self.origin} | headers
        return await self.client.post(path, content=content, headers=given)

    @property
    def session(self) -> str | None:
        """The session's token, as only the browser itself knows it."""
        return self.client.cookies.get("__Host-treno_session")
