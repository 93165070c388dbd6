"""A process without screens: a real websocket server on a free port, and an encoder in words."""
# ruff: noqa: D102, D105 -- the names of the stand-ins' methods are those of what they stand for

import asyncio
import socket
from collections.abc import AsyncGenerator, Callable, Collection, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any

import socketio  # pyright: ignore[reportMissingTypeStubs]
import uvicorn

from tests.support.wire import WirePage, open_page
from treno_chat.domain.assistant.events import MentionRefused, PrivateEvent
from treno_chat.domain.people import Gender
from treno_chat.domain.places import Room, RoomKind
from treno_chat.domain.talk.events import Event, MessageEdited, MessageSent, MessagesGone
from treno_chat.domain.talk.messages import Author, Message, MessageKind
from treno_chat.domain.talk.previews import RoomNews
from treno_chat.realtime.compose import Realtime
from treno_chat.realtime.encoder import Item, Packet
from treno_chat.realtime.snapshot import PresenceChange, PresentPerson, Snapshot
from treno_chat.realtime.stirs import StirredRoom
from treno_chat.realtime.straight import StraightProtocol

ORIGIN = "http://localhost:3000"


@dataclass(frozen=True, kw_only=True)
class Held:
    """The session that somebody of the cast holds."""

    session_id: str
    user_id: str


COOKIES = {
    f"{name}'s": Held(session_id=f"session-{name}", user_id=name)
    for name in ("ada", "bruno", "chiara")
}


def person(user_id: str) -> PresentPerson:
    """Return somebody of the cast as the others see them."""
    return PresentPerson(
        id=user_id,
        alias=user_id.title(),
        gender=Gender.UNDISCLOSED,
        is_anonymous=True,
        is_staff=False,
    )


def message(
    seq: int, *, author: str = "ada", room_id: str = "dining-car", body: str = ""
) -> Message:
    """Return a message of somebody of the cast."""
    by = Author(id=author, alias=author, gender=Gender.FEMALE, is_anonymous=True, is_staff=False)
    return Message(
        id=f"message-{seq}",
        room_id=room_id,
        seq=seq,
        rev=seq,
        client_id=f"client-{seq}",
        kind=MessageKind.WORDS,
        author=by,
        body=body or f"Ciao {seq}",
        sent_at=datetime(2026, 11, 21, 8, 30, tzinfo=UTC),
    )


async def news_of(room_ids: Collection[str]) -> Sequence[RoomNews]:
    """Return rooms in which nine messages were said: those of the train, and the station's bar."""
    return [
        RoomNews(
            room=Room(
                id=room_id,
                place_id="station" if room_id == "bar" else "train",
                slug=room_id,
                name=room_id,
                kind=RoomKind.GENERAL,
                last_seq=9,
                last_rev=9,
            ),
            last_message=message(9, room_id=room_id),
        )
        for room_id in room_ids
    ]


class PlainEncoder:
    """Says everything in words that a test can read."""

    def encode(self, event: Event) -> Item | None:
        match event:
            case MessageSent(message=said) | MessageEdited(message=said):
                return {"seq": said.seq, "body": said.body}
            case MessagesGone(seqs=seqs, rev=rev):
                return {"gone": list(seqs), "rev": rev}
            case _:
                return None

    def stub(self, event: Event) -> Item | None:
        match event:
            case MessageSent(message=said) | MessageEdited(message=said):
                return {"seq": said.seq, "rev": said.rev}
            case _:
                return self.encode(event)

    def packet(self, items: Sequence[Item]) -> Packet:
        return {"batch": list(items)}

    def stirred(self, rooms: Sequence[StirredRoom]) -> Packet:
        return {"stirred": [[one.news.room.id, one.news.room.last_seq] for one in rooms]}

    def ended(self) -> Packet:
        return {"say": "ended"}

    def reload(self) -> Packet:
        return {"say": "reload"}

    def look_again(self, place_id: str) -> Packet:
        return {"say": "look again", "place": place_id}

    def notice(self) -> Packet:
        return {"say": "notice"}

    def aside(self, event: PrivateEvent) -> Packet:
        return {"aside": type(event).__name__}

    def handed_over(self, place_slug: str) -> Packet:
        return {"say": "handed over", "place": place_slug}

    def desk_changed(self, place_slug: str) -> Packet:
        return {"say": "desk changed", "place": place_slug}

    def refused(self, event: MentionRefused) -> Packet:
        return {"refused": event.code}

    def present(self, snapshot: Snapshot) -> Packet:
        return {"present": asdict(snapshot)}

    def presence_changed(self, change: PresenceChange) -> Packet:
        return {"changed": asdict(change)}


@dataclass(kw_only=True)
class Namespace(socketio.AsyncNamespace):
    """Stands where Reflex's own namespace stands, and takes note."""

    heard: list[tuple[str, Any]] = field(default_factory=list[tuple[str, Any]])
    connected: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    gone: list[str] = field(default_factory=list[str])
    on_boot: Callable[[str], Any] | None = None

    def __post_init__(self) -> None:
        super().__init__("/_event")

    async def on_connect(self, sid: str, environ: dict[str, Any], _auth: object = None) -> None:
        self.connected.append(environ["asgi.scope"])
        if self.on_boot is not None:
            await self.on_boot(sid)

    def on_disconnect(self, sid: str) -> None:
        self.gone.append(sid)

    async def on_event(self, sid: str, data: object) -> None:
        self.heard.append((sid, data))
        await self.emit("event", {"echo": data}, to=sid)

    async def on_ping(self, sid: str) -> None:
        await self.emit("ping", "pong", to=sid)


@dataclass(kw_only=True)
class Server:
    """A running process of the product, as far as sockets go."""

    realtime: Realtime
    namespace: Namespace
    port: int
    ticks: "asyncio.Queue[None]"

    def page(self, cookie: str | None = None, **how: Any) -> AbstractAsyncContextManager[WirePage]:  # noqa: ANN401
        """Open a page's transport."""
        return open_page(self.port, cookie=cookie, **how)

    @asynccontextmanager
    async def room(
        self, who: str, *, room_id: str = "dining-car", place_id: str = "train"
    ) -> AsyncGenerator[WirePage]:
        """Open the page of somebody of the cast who watches a room."""
        async with self.page(cookie=f"{who}'s") as page:
            await page.join()
            assert await self.realtime.hub.watch(
                page.sid, room_id=room_id, place_id=place_id, person=person(who)
            )
            yield page

    async def publish(self, *events: Event) -> None:
        """Announce as actions do: from a worker thread."""
        await asyncio.to_thread(self.realtime.hub.publish, events)


@asynccontextmanager
async def serving(realtime: Realtime, namespace: Namespace) -> AsyncGenerator[Server]:
    """Serve on a free port of this machine, in this very loop."""
    ticks: asyncio.Queue[None] = asyncio.Queue()
    app = socketio.ASGIApp(realtime.server, socketio_path="_event")
    # uvicorn would itself believe X-Forwarded-For of whoever is on this machine.
    config = uvicorn.Config(
        app,
        ws=StraightProtocol,
        log_level="error",
        lifespan="off",
        ws_ping_interval=None,
        proxy_headers=False,
    )
    config.load()
    web = uvicorn.Server(config)
    web.lifespan = config.lifespan_class(config)
    listening = socket.create_server(("127.0.0.1", 0))
    async with realtime.running(tick=ticks.get):
        await web.startup(sockets=[listening])
        port = int(listening.getsockname()[1])
        yield Server(realtime=realtime, namespace=namespace, port=port, ticks=ticks)
    web.force_exit = True
    await web.shutdown(sockets=[listening])
