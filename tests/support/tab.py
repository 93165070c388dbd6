"""A browser tab without a browser: Reflex's own protocol over a real socket."""

import asyncio
import json
import re
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from typing import Any
from uuid import uuid4

import socketio  # pyright: ignore[reportMissingTypeStubs]
from reflex.event import EventCallback, EventHandler
from reflex.state import State

from tests.support.patience import PATIENCE
from treno_chat.web.handlers import name_of
from treno_chat.web.states.room import RoomState
from treno_chat.web.wire import Arrivals, Outcomes

Item = dict[str, Any]
_HALF = re.compile(r"[\ud800-\udfff]")
Handler = EventCallback[*tuple[Any, ...]] | EventHandler | str


class Tab:
    """One socket; keeps everything it was told."""

    def __init__(self, *, path: str, token: str) -> None:
        self.path = path
        self.token = token
        self.client = socketio.AsyncClient(reconnection=False)
        self.state: dict[str, Any] = {}
        self.arrivals: list[Item] = []
        self.outcomes: list[Item] = []
        self.frames: list[Any] = []
        self._news = asyncio.Event()
        self.client.on("event", self._take, namespace="/_event")
        self.client.on("disconnect", self._wake, namespace="/_event")

    async def connect(self, origin: str, *, cookie: str | None, **headers: str) -> None:
        """Shake hands as a browser would."""
        sent = {"Origin": origin, **headers}
        if cookie is not None:
            sent["Cookie"] = f"__Host-treno_session={cookie}"
        await self.client.connect(
            f"{origin}?token={self.token}",
            headers=sent,
            socketio_path="/_event",
            namespaces=["/_event"],
            transports=["websocket"],
            wait_timeout=PATIENCE,
            auth={"event": self._event(State.hydrate_and_load)},
        )

    async def call(self, handler: Handler, **payload: Any) -> None:
        """Call a handler, as a button or a hook does."""
        event = on_the_wire(["event", self._event(handler, **payload)])
        await self.client.eio.send(f"2/_event,{event}")

    async def emit(self, name: str, data: Any) -> None:
        """Send any event at all, as an attacker does."""
        await self.client.emit(name, data, namespace="/_event")

    async def until(self, seen: Callable[["Tab"], Any]) -> Any:
        """Wait until something is true of this tab, and return it."""
        async with asyncio.timeout(PATIENCE):
            while not (found := seen(self)):
                self._news.clear()
                await self._news.wait()
        return found

    async def arrival(self, **wanted: Any) -> Item:
        """Wait for an item that has these values."""
        return await self.until(lambda tab: _first(tab.arrivals, wanted))

    async def outcome(self, client_id: str) -> Item:
        """Wait for what became of a message."""
        return await self.until(lambda tab: _first(tab.outcomes, {"client_id": client_id}))

    def var(self, name: str) -> Any:
        """Return the last value of a State's var, e.g. `room_id`."""
        return self.state.get(name)

    async def close(self) -> None:
        """Close the tab, also one that was refused."""
        await self.client.disconnect()
        if self.client.eio.http is not None:
            await self.client.eio.http.close()

    def _event(self, handler: Handler, **payload: Any) -> Item:
        name = handler if isinstance(handler, str) else name_of(handler)
        router = {"pathname": self.path, "asPath": self.path}
        return {"name": name, "payload": payload, "router_data": router}

    def _take(self, update: Item) -> None:
        self.frames.append(update)
        delta: dict[str, Item] = update.get("delta") or {}
        for state, values in delta.items():
            batch = values.get("batch_rx_state_", [])
            if state == Arrivals.get_full_name():
                self.arrivals += batch
            elif state == Outcomes.get_full_name():
                self.outcomes += batch
            for name, value in values.items():
                self.state[name.removesuffix("_rx_state_")] = value
        self._wake()

    def _wake(self, *_: object) -> None:
        self._news.set()


def on_the_wire(value: object) -> str:
    """Return the JSON that a browser writes: escaped is what must be, and half a letter."""
    written = json.dumps(value, ensure_ascii=False)
    return _HALF.sub(lambda half: f"\\u{ord(half[0]):04x}", written)


def _first(items: list[Item], wanted: Item) -> Item | None:
    return next((item for item in items if wanted.items() <= item.items()), None)


@asynccontextmanager
async def open_tab(
    origin: str, path: str, *, cookie: str | None, token: str | None = None, **headers: str
) -> AsyncGenerator[Tab]:
    """Open a tab at a path and close it at the end."""
    tab = Tab(path=path, token=token or str(uuid4()))
    await tab.connect(origin, cookie=cookie, **headers)
    try:
        yield tab
    finally:
        await tab.close()


async def in_room(tab: Tab) -> Tab:
    """Wait until the room is open and its newest page is there."""
    await tab.until(lambda tab: tab.var("room_id") and tab.var("is_hydrated"))
    await tab.call(RoomState.catch_up, room_id=tab.var("room_id"), last_rev=0, first_seq=0)
    await tab.arrival(kind="page")
    return tab
