"""The board: what the lists of rooms show of each, looked up once for all who see it."""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence

from treno_chat.domain.ids import PlaceId, RoomId
from treno_chat.domain.talk.events import Event
from treno_chat.domain.talk.previews import RoomNews
from treno_chat.realtime import rooms
from treno_chat.realtime.encoder import Encoder
from treno_chat.realtime.rules import EVENT
from treno_chat.realtime.server import ChatServer
from treno_chat.realtime.stirs import Stir, StirredRoom, Stirs

NewsOf = Callable[[Collection[RoomId]], Awaitable[Sequence[RoomNews]]]


async def no_news(_room_ids: Collection[RoomId]) -> Sequence[RoomNews]:
    """Return nothing, where there is no history to look it up in."""
    return ()


class Board:
    """Tells everybody at a place what is new in its rooms: one packet, the same for all."""

    def __init__(self, *, server: ChatServer, encoder: Encoder, news_of: NewsOf) -> None:
        self._server = server
        self._encoder = encoder
        self._news_of = news_of
        self._stirs = Stirs(self._tell)

    def note(self, room_id: RoomId, event: Event, *, only_here: bool) -> None:
        """Take what happened in a room; on the loop's thread only."""
        self._stirs.note(room_id, event, only_here=only_here)

    async def stop(self) -> None:
        """Tell nothing more."""
        await self._stirs.stop()

    async def _tell(self, stirs: Mapping[RoomId, Stir]) -> None:
        told: defaultdict[tuple[PlaceId, bool], list[StirredRoom]] = defaultdict(list)
        for news in await self._news_of(stirs.keys()):
            stir = stirs[news.room.id]
            told[news.room.place_id, stir.only_here].append(StirredRoom(news=news, stir=stir))
        for (place_id, only_here), stirred in told.items():
            await self._server.emit(
                EVENT,
                self._encoder.stirred(stirred),
                room=rooms.place(place_id),
                skip_sid=_watchers(stirred),
                namespace=self._server.rules.namespace,
                ignore_queue=only_here,
            )


def _watchers(stirred: Sequence[StirredRoom]) -> str | None:
    """Name those who hear all of it already: where one room is busy, that is nearly everybody.

    What is gone is told to them too: far up in the history they do not hold the newest words.
    """
    is_heard = len(stirred) == 1 and not stirred[0].stir.gone
    return rooms.room(stirred[0].news.room.id) if is_heard else None
