"""A crowd in a room: bare websockets that speak Reflex's protocol and note what they hear when."""

import asyncio
import json
import re
import time
from collections.abc import AsyncGenerator, Iterable
from contextlib import asynccontextmanager
from functools import lru_cache
from socket import SO_RCVBUF, SOL_SOCKET
from typing import Any
from uuid import uuid4

import aiohttp
from reflex.state import State

from bench.program import Program
from bench.world import BODY
from treno_chat.domain.door.sessions import Entered
from treno_chat.web.handlers import name_of
from treno_chat.web.states.room import RoomState

NAMESPACE = "/_event"
PATH = "/p/treno-lucca-aulla/treno"
PATIENCE = 60
# So many open a room at once: the others wait, as people do not all come in one second.
AT_ONCE = 20
FRAME_HEADER = 4  # bytes, of an unmasked frame from 126 bytes to 64 KiB
ROOM_ID = re.compile(r'"room_id_rx_state_":\s*"([^"]+)"')
PAGE = re.compile(r'"kind":\s*"page"')
NEW = re.compile(r'"kind":\s*"new".*?"client_id":\s*"([^"]+)"')


class Heard:
    """What a round brought to the listeners."""

    def __init__(self) -> None:
        self.sent_at: dict[str, float] = {}
        self.delays: list[float] = []
        self.bytes = 0

    def take(self, frame: str, now: float) -> None:
        """Note a frame with messages in it."""
        said = [client_id for client_id in _news(frame) if client_id in self.sent_at]
        self.delays += [now - self.sent_at[client_id] for client_id in said]
        self.bytes += len(frame.encode()) + FRAME_HEADER if said else 0


class Socket:
    """One tab of one person, in the room."""

    def __init__(self, websocket: aiohttp.ClientWebSocketResponse) -> None:
        self.websocket = websocket
        self.heard: Heard | None = None
        self.room_id = ""
        self.is_open = asyncio.Event()
        self.opened_at = 0.0
        self.listening: asyncio.Task[None] | None = None

    async def call(self, handler: str, **payload: Any) -> None:  # noqa: ANN401 -- JSON
        """Call a handler of the room's screen."""
        await self.say("42", ["event", _event(handler, payload)])

    async def say(self, kind: str, data: object) -> None:
        """Send a packet."""
        await self.websocket.send_str(f"{kind}{NAMESPACE},{json.dumps(data)}")

    def stop_reading(self, *, buffer: int) -> None:
        """Read no more: what comes is left on the line, which takes in so many bytes."""
        line = self.websocket.get_extra_info("socket")
        line.setsockopt(SOL_SOCKET, SO_RCVBUF, buffer)
        if self.listening is not None:
            self.listening.cancel()

    async def listen(self) -> None:
        """Take what comes, until the transport is closed."""
        async for frame in self.websocket:
            now = time.perf_counter()
            text = str(frame.data)
            if text == "2":
                await self.websocket.send_str("3")
            elif self.is_open.is_set():
                if self.heard is not None and '"new"' in text:
                    self.heard.take(text, now)
            elif PAGE.search(text):
                self.opened_at = now
                self.is_open.set()
            elif not self.room_id and (found := ROOM_ID.search(text)):
                self.room_id = found[1]
                await self.call(_CATCH_UP, room_id=self.room_id, last_rev=0, first_seq=0)


class Crowd:
    """Everybody who is in the room; opened and closed as one."""

    def __init__(
        self, program: Program, browser: aiohttp.ClientSession, *, at_once: int = AT_ONCE
    ) -> None:
        self.sockets: list[Socket] = []
        self._program = program
        self._browser = browser
        self._tasks: list[asyncio.Task[None]] = []
        self._door = asyncio.Semaphore(at_once)

    async def admit(self, people: Iterable[Entered]) -> list[Socket]:
        """Open a tab for everybody, and return when all are in the room."""
        tabs = await asyncio.gather(*(self._open(entered) for entered in people))
        self.sockets += tabs
        return tabs

    async def stay(self) -> None:
        """Renew everybody's lease, as pages do every 25 seconds."""
        for socket in self.sockets:
            await socket.call(_HERE, room_id=socket.room_id, last_rev=0)

    async def close(self) -> None:
        """Let everybody go."""
        for socket in self.sockets:
            await socket.websocket.close()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _open(self, entered: Entered) -> Socket:
        async with self._door, asyncio.timeout(PATIENCE):
            query = {"EIO": "4", "transport": "websocket", "token": str(uuid4())}
            cookie = f"__Host-treno_session={entered.session_token}"
            websocket = await self._browser.ws_connect(
                f"http://127.0.0.1:{self._program.port}{NAMESPACE}/",
                params=query,
                headers={"Origin": self._program.origin, "Cookie": cookie},
            )
            socket = Socket(websocket)
            socket.listening = asyncio.create_task(socket.listen())
            self._tasks.append(socket.listening)
            await socket.say("40", {"event": _event(_HYDRATE, {})})
            await socket.is_open.wait()
        return socket


@asynccontextmanager
async def gathered(program: Program, *, at_once: int = AT_ONCE) -> AsyncGenerator[Crowd]:
    """A crowd, still empty."""
    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(connector=connector) as browser:
        crowd = Crowd(program, browser, at_once=at_once)
        try:
            yield crowd
        finally:
            await crowd.close()


async def converse(
    tabs: list[Socket], listeners: list[Socket], *, rate: int, seconds: float, text: str = BODY
) -> Heard:
    """Let the tabs of one person take turns at a steady rate; return what the listeners heard."""
    heard = Heard()
    for socket in listeners:
        socket.heard = heard
    started = time.perf_counter()
    for number in range(int(rate * seconds)):
        await asyncio.sleep(max(0.0, started + number / rate - time.perf_counter()))
        client_id, tab = str(uuid4()), tabs[number % len(tabs)]
        heard.sent_at[client_id] = time.perf_counter()
        await tab.call(_SEND, room_id=tab.room_id, client_id=client_id, text=text)
    # The last ones still travel; idle, the second costs next to nothing.
    await asyncio.sleep(1)
    return heard


@lru_cache(maxsize=1000)
def _news(frame: str) -> list[str]:
    """Return the messages in a frame; everybody hears the same one."""
    return NEW.findall(frame)


def _event(name: str, payload: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": name,
        "payload": payload,
        "router_data": {"pathname": PATH, "asPath": PATH},
    }


_HYDRATE = name_of(State.hydrate_and_load)
_CATCH_UP = name_of(RoomState.catch_up)
_HERE = name_of(RoomState.here)
_SEND = name_of(RoomState.send)
