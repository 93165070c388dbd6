"""What the States work with: set once by the composing file, before the first event."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Concatenate, ParamSpec, TypeVar

import structlog
from anyio import to_thread

from treno_chat.actions.door import sessions
from treno_chat.actions.lanes import TALK
from treno_chat.actions.limits.limits import Limits
from treno_chat.actions.operations.readiness import DATABASE_AWAY
from treno_chat.actions.talk import rooms
from treno_chat.actions.talk.sender import Sender
from treno_chat.actions.transaction import Transaction, Transactions
from treno_chat.domain.door.sessions import Holder, hash_token
from treno_chat.domain.ids import RoomId
from treno_chat.domain.other_ways.providers import Provider
from treno_chat.domain.refusals import NotSignedIn
from treno_chat.domain.talk.previews import RoomNews
from treno_chat.realtime.compose import Realtime

log = structlog.get_logger(__name__)
P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, kw_only=True, slots=True)
class House:
    """The program below the screens."""

    transactions: Transactions
    realtime: Realtime
    limits: Limits
    sender: Sender
    has_passwords: bool = False
    providers: tuple[Provider, ...] = ()


_houses: list[House] = []


def open_house(house: House) -> None:
    """Put a house in place of the one before."""
    _houses[:] = [house]


def house() -> House:
    """Return the house; there is none before the program is composed."""
    return _houses[0]


async def act(
    action: Callable[Concatenate[Transaction, P], T], *args: P.args, **kwargs: P.kwargs
) -> T:
    """Run an action that writes, in a worker thread: no database call on the event loop."""
    return await _in_thread((), action, *args, **kwargs)


async def act_in_turn(
    turn: str, action: Callable[Concatenate[Transaction, P], T], *args: P.args, **kwargs: P.kwargs
) -> T:
    """Run an action whose announcement must keep the order of the commits (`turn`: a room's id)."""
    return await _in_thread(turn, action, *args, **kwargs)


async def look(
    action: Callable[Concatenate[Transaction, P], T], *args: P.args, **kwargs: P.kwargs
) -> T:
    """Run an action that only reads, in a worker thread."""

    def read() -> T:
        with house().transactions.reading() as tx:
            return action(tx, *args, **kwargs)

    return await to_thread.run_sync(read, limiter=TALK)


async def _in_thread(
    turn: str | Collection[str],
    action: Callable[Concatenate[Transaction, P], T],
    *args: P.args,
    **kwargs: P.kwargs,
) -> T:
    def write() -> T:
        with house().transactions.writing(in_turn=turn) as tx:
            return action(tx, *args, **kwargs)

    return await to_thread.run_sync(write, limiter=TALK)


async def news_of(room_ids: Collection[RoomId]) -> Sequence[RoomNews]:
    """Return what the lists say of these rooms; nothing while the database is away.

    What a list misses so it is told with the next word there, or shows when it is opened.
    """
    try:
        return await look(rooms.news_of, room_ids)
    except DATABASE_AWAY as away:
        log.warning("room_lists_not_told", why=type(away).__name__)
        return ()


async def identify(session_token: str | None) -> Holder | None:
    """Return who holds the session that a handshake's cookie stands for: asked once, by us."""
    if session_token is None:
        return None
    try:
        return await look(sessions.authenticate, hash_token(session_token))
    except NotSignedIn:
        return None
