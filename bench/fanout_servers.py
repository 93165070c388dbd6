"""The two servers of the fan-out bench: ours, and a bare room emit of python-socketio."""

import asyncio
import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

import socketio  # pyright: ignore[reportMissingTypeStubs]
import uvicorn
import uvloop

from treno_chat.domain.assistant.events import MentionRefused, PrivateEvent
from treno_chat.domain.buckets import Rate
from treno_chat.domain.ids import new_id
from treno_chat.domain.people import Gender
from treno_chat.domain.talk.events import Event, MessageSent
from treno_chat.domain.talk.messages import Author, Message, MessageKind
from treno_chat.realtime.compose import create_realtime, utc_now
from treno_chat.realtime.encoder import Item, Packet
from treno_chat.realtime.rules import ServerRules
from treno_chat.realtime.snapshot import PresenceChange, PresentPerson, Snapshot
from treno_chat.realtime.stirs import StirredRoom

NAMESPACE = "/_event"
BODY = "Sono in fondo alla carrozza, vi aspetto!"


@dataclass(frozen=True, kw_only=True)
class Load:
    """How much is said, to how many."""

    listeners: int
    rate: int
    seconds: int
    window: float

    @property
    def messages(self) -> int:
        """How many messages a round has."""
        return self.rate * self.seconds


class BenchEncoder:
    """Writes what the product writes of a message, with the moment it was said."""

    def encode(self, event: Event) -> Item | None:
        """Return an item of about the product's size."""
        if not isinstance(event, MessageSent):
            return None
        said = event.message
        return {
            "kind": "new",
            "seq": said.seq,
            "rev": said.rev,
            "client_id": said.client_id,
            "body": said.body,
            "at": said.id,
            "by": {"id": "0198", "alias": "Ada", "gender": "female", "seal": 4711},
        }

    def stub(self, event: Event) -> Item | None:
        """Return the same: there are no blocks here."""
        return self.encode(event)

    def packet(self, items: Sequence[Item]) -> Packet:
        """Return what Reflex's page expects."""
        return {"delta": {"treno_chat___web___wire____arrivals": {"batch_rx_state_": list(items)}}}

    def stirred(self, rooms: Sequence[StirredRoom]) -> Packet:
        """Return how many rooms: there is no list of them here."""
        return {"count": len(rooms)}

    def ended(self) -> Packet:
        """Return nothing: nobody leaves here."""
        return {}

    def reload(self) -> Packet:
        """Return nothing."""
        return {}

    def look_again(self, place_id: str) -> Packet:
        """Return nothing."""
        return {"place": place_id}

    def notice(self) -> Packet:
        """Return nothing."""
        return {}

    def aside(self, event: PrivateEvent) -> Packet:
        """Return nothing: nobody asks the assistant here."""
        return {"of": str(event.user_id)}

    def refused(self, event: MentionRefused) -> Packet:
        """Return nothing, as above."""
        return {"of": str(event.user_id)}

    def handed_over(self, place_slug: str) -> Packet:
        """Return nothing: there is no desk here."""
        return {"place": place_slug}

    def desk_changed(self, place_slug: str) -> Packet:
        """Return nothing, as above."""
        return {"place": place_slug}

    def present(self, snapshot: Snapshot) -> Packet:
        """Return how many are here."""
        return {"count": snapshot.count}

    def presence_changed(self, change: PresenceChange) -> Packet:
        """Return how many are here."""
        return {"count": change.count}


def message(seq: int) -> Message:
    """Return a message that carries the moment it was said where its id would be."""
    author = Author(id="0", alias="Ada", gender=Gender.FEMALE, is_anonymous=True, is_staff=False)
    return Message(
        id=str(time.time()),
        room_id="room",
        seq=seq,
        rev=seq,
        client_id=new_id(),
        kind=MessageKind.WORDS,
        author=author,
        body=BODY,
        sent_at=utc_now(),
    )


def serve(load: Load, parent: Connection) -> None:
    """Serve with our fan-out."""

    async def identify(_cookie: str | None) -> None:
        return None

    async def run() -> None:
        rules = ServerRules(
            origins=["http://localhost"],
            namespace=NAMESPACE,
            rate=Rate(burst=1000, per_second=1000),
        )
        realtime = create_realtime(
            identify=identify, encoder=BenchEncoder(), json=json, rules=rules, window=load.window
        )
        person = PresentPerson(
            id="0", alias="Ada", gender=Gender.FEMALE, is_anonymous=True, is_staff=False
        )

        class Watching(socketio.AsyncNamespace):
            async def on_connect(self, sid: str, _environ: object) -> None:
                await realtime.hub.watch(sid, room_id="room", place_id="place", person=person)

        realtime.server.register_namespace(Watching(NAMESPACE))

        async def say(seq: int) -> None:
            # As the product does: from a worker thread, once the message is stored.
            await asyncio.to_thread(realtime.hub.publish, [MessageSent(message=message(seq))])

        async with realtime.running():
            await _serve(realtime.server, load, parent, say)

    uvloop.run(run())


def serve_stock(load: Load, parent: Connection) -> None:
    """Serve with a bare python-socketio room emit of the same payload."""
    encoder = BenchEncoder()

    async def run() -> None:
        server = socketio.AsyncServer(
            async_mode="asgi", transports=["websocket"], namespaces=[NAMESPACE]
        )

        class Watching(socketio.AsyncNamespace):
            async def on_connect(self, sid: str, _environ: object) -> None:
                await self.enter_room(sid, "room")

        server.register_namespace(Watching(NAMESPACE))

        async def say(seq: int) -> None:
            said = await asyncio.to_thread(message, seq)
            item = encoder.encode(MessageSent(message=said))
            payload = encoder.packet([item] if item else [])
            await server.emit("event", payload, room="room", namespace=NAMESPACE)

        await _serve(server, load, parent, say)

    uvloop.run(run())


async def _serve(
    server: Any,  # noqa: ANN401
    load: Load,
    parent: Connection,
    say: Callable[[int], Any],
) -> None:
    app = socketio.ASGIApp(server, socketio_path="_event")
    config = uvicorn.Config(app, port=0, log_level="error", lifespan="off", proxy_headers=False)
    config.load()
    web = uvicorn.Server(config)
    web.lifespan = config.lifespan_class(config)
    await web.startup()
    parent.send(web.servers[0].sockets[0].getsockname()[1])
    await asyncio.to_thread(parent.recv)
    started, cpu = time.monotonic(), time.process_time()
    for seq in range(load.messages):
        await asyncio.sleep(max(0.0, started + seq / load.rate - time.monotonic()))
        await say(seq)
    # A second for the last packets to leave; idle, it costs next to nothing.
    await asyncio.sleep(1)
    parent.send(time.process_time() - cpu)
    await asyncio.Event().wait()
