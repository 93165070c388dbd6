"""The hub: takes what happened from any thread, and lets everybody hear it who may."""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from itertools import groupby

from treno_chat.domain.ids import PlaceId, RoomId, UserId
from treno_chat.domain.talk import events as happened
from treno_chat.domain.talk.events import Event
from treno_chat.realtime import rooms
from treno_chat.realtime.board import Board, NewsOf, no_news
from treno_chat.realtime.bursts import WINDOW, Bursts, Told
from treno_chat.realtime.connections import Connection
from treno_chat.realtime.controls import Controls
from treno_chat.realtime.encoder import Encoder, Packet
from treno_chat.realtime.presence import Presence
from treno_chat.realtime.rules import EVENT
from treno_chat.realtime.server import ChatServer
from treno_chat.realtime.snapshot import PresenceChange, PresentPerson
from treno_chat.realtime.stock import Untyped

BlockedWith = Callable[[UserId], Collection[UserId]]


def nobody(_author_id: UserId) -> Collection[UserId]:
    """Return those in a block with an author, while there are no blocks."""
    return ()


@dataclass(frozen=True, kw_only=True, slots=True)
class _Watch:
    place_id: PlaceId
    rooms: tuple[str, ...]


class Hub:
    """Who hears what: a socket is in a room only through `watch`."""

    def __init__(
        self,
        *,
        server: ChatServer,
        presence: Presence,
        encoder: Encoder,
        blocked_with: BlockedWith = nobody,
        news_of: NewsOf = no_news,
        window: float = WINDOW,
    ) -> None:
        self._server = server
        self._presence = presence
        self._encoder = encoder
        self._blocked_with = blocked_with
        self._bursts = Bursts(self._deliver, window=window)
        self._board = Board(server=server, encoder=encoder, news_of=news_of)
        self._watches: dict[str, _Watch] = {}
        self._loop: asyncio.AbstractEventLoop | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._controls = Controls(
            server=server, presence=presence, encoder=encoder, end_visit=self._end_visit
        )
        server.on_gone.append(self._gone)

    def bind(self, loop: asyncio.AbstractEventLoop | None) -> None:
        """Name the loop that delivers; before and after it there is nobody to hear anything."""
        self._loop = loop

    def publish(self, events: Sequence[Event], *, only_here: bool = False) -> None:
        """Hand events over, from a worker thread: `blocked_with` may ask the database.

        Calls that come one after the other are heard in that order. `only_here` is for what every
        process publishes by itself: the others' pages then hear it from their own.
        """
        loop = self._loop
        if loop is None or loop.is_closed():
            return
        for event in events:
            told = self._told(event, only_here=only_here)
            if told is None:
                loop.call_soon_threadsafe(self._control, event, only_here)
            else:
                loop.call_soon_threadsafe(self._tell, *told, event)

    async def watch(
        self, sid: str, *, room_id: RoomId, place_id: PlaceId, person: PresentPerson
    ) -> bool:
        """Let a socket hear a room and its place, and no other; False when the socket is gone.

        The caller has asked whether the person may.
        """
        connection = self._server.connections.get(sid)
        if connection is None:
            return False
        self._leave(sid)
        names = (rooms.room(room_id), rooms.room_of(room_id, person.id), rooms.place(place_id))
        for name in names:
            self._server.manager.basic_enter_room(sid, self._namespace, name)
        self._watches[sid] = _Watch(place_id=place_id, rooms=names)
        self._server.connections.claim(sid, person.id)
        self._presence.renew(
            sid,
            place_id=place_id,
            room_id=room_id,
            person=person,
            session_id=connection.session_id,
        )
        return True

    def unwatch(self, sid: str) -> None:
        """Let a socket hear nothing more; its person left."""
        self._leave(sid)
        self._presence.drop(sid)

    async def renew(self, sid: str) -> bool:
        """Prolong the presence of a socket that watches; False: it must watch again."""
        return self._presence.keep(sid)

    async def show_presence(self, sid: str) -> None:
        """Send who is here to one socket, in order with the changes that follow."""
        watch = self._watches.get(sid)
        if watch is not None:
            snapshot = self._presence.snapshot(watch.place_id)
            await self._server.say(sid, self._encoder.present(snapshot))

    async def tell_presence(self, change: PresenceChange) -> None:
        """Tell the sockets of this process; every other process tells its own."""
        packet = self._encoder.presence_changed(change)
        await self._emit(packet, room=rooms.place(change.place_id), ignore_queue=True)

    async def stop(self) -> None:
        """Deliver nothing more."""
        self.bind(None)
        await self._bursts.stop()
        await self._board.stop()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    @property
    def _namespace(self) -> str:
        return self._server.rules.namespace

    def _told(self, event: Event, *, only_here: bool) -> tuple[RoomId, Told] | None:
        match event:
            case happened.MessageSent(message=message) | happened.MessageEdited(message=message):
                room_id, author = message.room_id, message.author
            case happened.MessagesGone(room_id=room_id):
                author = None
            case _:
                return None
        item, stub = self._encoder.encode(event), self._encoder.stub(event)
        if item is None or stub is None:
            return None
        apart = frozenset(self._blocked_with(author.id) if author else ())
        return room_id, Told(item=item, stub=stub, apart=apart, only_here=only_here)

    def _tell(self, room_id: RoomId, told: Told, event: Event) -> None:
        self._bursts.add(room_id, told)
        self._board.note(room_id, event, only_here=told.only_here)

    def _control(self, event: Event, only_here: bool) -> None:  # noqa: FBT001 -- called by the loop
        task = asyncio.create_task(self._controls.ask(event, only_here=only_here))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _deliver(self, room_id: RoomId, batch: Sequence[Told]) -> None:
        for only_here, part in groupby(batch, key=lambda told: told.only_here):
            await self._deliver_part(room_id, tuple(part), only_here=only_here)

    async def _deliver_part(
        self, room_id: RoomId, batch: Sequence[Told], *, only_here: bool
    ) -> None:
        """Everybody gets one packet; those in a block with an author get stubs in its place."""
        apart: defaultdict[tuple[bool, ...], list[str]] = defaultdict(list)
        for user_id in sorted(frozenset[UserId]().union(*(told.apart for told in batch))):
            hidden = tuple(user_id in told.apart for told in batch)
            apart[hidden].append(rooms.room_of(room_id, user_id))
        packet = self._encoder.packet([told.item for told in batch])
        skipped = [name for names in apart.values() for name in names]
        await self._emit(
            packet, room=rooms.room(room_id), skip_sid=skipped or None, ignore_queue=only_here
        )
        for hidden, names in apart.items():
            items = [
                told.stub if is_hidden else told.item
                for told, is_hidden in zip(batch, hidden, strict=True)
            ]
            await self._emit(self._encoder.packet(items), room=names, ignore_queue=only_here)

    async def _emit(self, packet: Packet, **to: Untyped) -> None:
        await self._server.emit(EVENT, packet, namespace=self._namespace, **to)

    def _end_visit(self, user_id: UserId, place_id: PlaceId) -> list[Connection]:
        """Let a person's sockets hear nothing more of a place, and return those that did."""
        left = [
            one
            for one in self._server.connections.of_person(user_id)
            if (watch := self._watches.get(one.sid)) and watch.place_id == place_id
        ]
        for connection in left:
            self._leave(connection.sid)
        self._presence.drop_person(user_id, place_id=place_id)
        return left

    def _leave(self, sid: str) -> None:
        watch = self._watches.pop(sid, None)
        for name in watch.rooms if watch else ():
            self._server.manager.basic_leave_room(sid, self._namespace, name)

    def _gone(self, sid: str) -> None:
        self._watches.pop(sid, None)
        self._presence.lose(sid)
