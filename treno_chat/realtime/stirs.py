"""Stirs: the rooms in which something happened, told together at most once in a while."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

from treno_chat.domain.ids import RoomId, UserId
from treno_chat.domain.talk.events import Event, MessageEdited, MessageSent, MessagesGone
from treno_chat.domain.talk.previews import RoomNews

WINDOW = 2.0  # seconds: by how much the list of rooms may be late
Pause = Callable[[float], Awaitable[None]]


@dataclass(kw_only=True, slots=True)
class Stir:
    """What happened in a room for a while: how far each author got, and what is gone by which rev.

    `only_here`: every process tells its own pages, none tells the others'.
    """

    by: dict[UserId, int] = field(default_factory=dict[UserId, int])
    gone: dict[int, int] = field(default_factory=dict[int, int])
    only_here: bool = True

    def note(self, event: Event, *, only_here: bool) -> None:
        """Take one more event of the room."""
        self.only_here = self.only_here and only_here
        match event:
            case MessageSent(message=message) if message.author is not None:
                self.by[message.author.id] = message.seq
            case MessageEdited(message=message) if message.removed_at is not None:
                self.gone[message.seq] = message.rev
            case MessagesGone(seqs=seqs, rev=rev):
                self.gone.update(dict.fromkeys(seqs, rev))
            case _:
                return


@dataclass(frozen=True, kw_only=True, slots=True)
class StirredRoom:
    """A room in which something happened, as it is now."""

    news: RoomNews
    stir: Stir


Tell = Callable[[Mapping[RoomId, Stir]], Awaitable[None]]


class Stirs:
    """Tells of a quiet house at once, and of a busy one in rounds that are `window` apart."""

    def __init__(self, tell: Tell, *, window: float = WINDOW, pause: Pause = asyncio.sleep) -> None:
        self._tell = tell
        self._window = window
        self._pause = pause
        self._noted: dict[RoomId, Stir] = {}
        self._round: asyncio.Task[None] | None = None

    def note(self, room_id: RoomId, event: Event, *, only_here: bool) -> None:
        """Remember that something happened in a room; on the loop's thread only."""
        self._noted.setdefault(room_id, Stir()).note(event, only_here=only_here)
        if self._round is None or self._round.done():
            self._round = asyncio.create_task(self._serve())

    async def stop(self) -> None:
        """Let go of what was not told yet: a list is drawn anew when it is opened."""
        if self._round is not None:
            self._round.cancel()
            await asyncio.gather(self._round, return_exceptions=True)

    async def _serve(self) -> None:
        while self._noted:
            noted, self._noted = self._noted, {}
            await self._tell(noted)
            await self._pause(self._window)
