"""A page without a browser: speaks Engine.IO and Socket.IO by hand, so that it can also lie."""

import asyncio
import json
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any
from uuid import uuid4

import aiohttp

from tests.support.patience import PATIENCE


class WirePage:
    """One websocket to a server, and everything that arrived on it."""

    def __init__(self, websocket: aiohttp.ClientWebSocketResponse, token: str) -> None:
        self.websocket = websocket
        self.token = token
        self.sid = ""
        self.is_dismissed = False
        self._arrived: asyncio.Queue[tuple[str, Any]] = asyncio.Queue()
        self._joined = asyncio.Event()
        self._reader: asyncio.Task[None] | None = None

    def read(self) -> None:
        """Read from now on."""
        self._reader = asyncio.create_task(self._read())

    async def join(self, auth: object = None) -> None:
        """Join the namespace, and wait until the server agrees."""
        await self.send_raw("40/_event," + ("" if auth is None else json.dumps(auth)))
        async with asyncio.timeout(PATIENCE):
            await self._joined.wait()

    async def say(self, *words: object) -> None:
        """Send an event: its name and what goes with it."""
        await self.send_raw("42/_event," + json.dumps(words))

    async def send_raw(self, frame: str) -> None:
        """Send a frame as it is."""
        await self.websocket.send_str(frame)

    async def arrival(self, name: str = "event") -> Any:  # noqa: ANN401 -- JSON
        """Return what arrives next under a name; anything else in between is an error."""
        async with asyncio.timeout(PATIENCE):
            arrived, payload = await self._arrived.get()
        assert arrived == name, (arrived, payload)
        return payload

    def nothing_arrived(self) -> bool:
        """Say whether everything that arrived was taken."""
        return self._arrived.empty()

    async def closed(self) -> None:
        """Wait until the transport is closed."""
        assert self._reader is not None
        async with asyncio.timeout(PATIENCE):
            await self._reader

    async def leave(self) -> None:
        """Close the transport."""
        if self._reader is not None:
            self._reader.cancel()
        await self.websocket.close()

    async def _read(self) -> None:
        async for message in self.websocket:
            if message.type is not aiohttp.WSMsgType.TEXT:
                return
            await self._take(message.data)

    async def _take(self, frame: str) -> None:
        if frame == "2":
            await self.send_raw("3")
        elif frame.startswith("40/_event,"):
            self.sid = json.loads(frame.partition(",")[2])["sid"]
            self._joined.set()
        elif frame.startswith("41/_event"):
            self.is_dismissed = True
        elif frame.startswith("42/_event,"):
            name, payload = json.loads(frame.partition(",")[2])
            await self._arrived.put((name, payload))


@asynccontextmanager
async def open_page(
    port: int,
    *,
    cookie: str | None = None,
    origin: str | None = "http://localhost:3000",
    token: str | None = None,
    headers: dict[str, str] | None = None,
    is_reading: bool = True,
) -> AsyncGenerator[WirePage]:
    """Open a transport; a refused one raises `aiohttp.WSServerHandshakeError`."""
    sent = dict(headers or {})
    if cookie is not None:
        sent["Cookie"] = f"theme=dark; __Host-treno_session={cookie}"
    if origin is not None:
        sent["Origin"] = origin
    named = str(uuid4()) if token is None else token
    query = {"EIO": "4", "transport": "websocket", "token": named}
    url = f"ws://localhost:{port}/_event/"
    async with (
        aiohttp.ClientSession() as session,
        session.ws_connect(url, params=query, headers=sent) as websocket,
    ):
        page = WirePage(websocket, named)
        if is_reading:
            page.read()
        yield page
        await page.leave()
