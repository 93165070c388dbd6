"""People who talk on while their server does not: their tabs, and what became of their words."""

from collections.abc import Iterable, Sequence
from contextlib import AsyncExitStack

from tests.support.tab import Tab, in_room, open_tab
from treno_chat.domain.door.sessions import Entered
from treno_chat.web.states.room import RoomState


async def open_all(
    stack: AsyncExitStack, people: Iterable[Entered], address: str, path: str, *, origin: str
) -> list[Tab]:
    """Open everybody's tab, one after the other; the stack closes them."""

    async def opened(one: Entered) -> Tab:
        tab = open_tab(address, path, cookie=one.session_token, Origin=origin)
        return await in_room(await stack.enter_async_context(tab))

    return [await opened(one) for one in people]


async def say(tab: Tab, client_id: str) -> None:
    """Say something, without waiting for what becomes of it."""
    room_id = tab.var("room_id")
    await tab.call(RoomState.send, room_id=room_id, client_id=client_id, text="Si sente?")


def taken(tabs: Sequence[Tab]) -> set[str]:
    """Return what was acknowledged."""
    return {told["client_id"] for tab in tabs for told in tab.outcomes if told["ok"]}


async def newest(tab: Tab) -> list[str]:
    """Return the end of the room, as it stands on a screen that was loaded anew."""
    tab.arrivals.clear()
    asked = {"room_id": tab.var("room_id"), "last_rev": 0, "first_seq": 0, "heard_seq": 1}
    await tab.call(RoomState.catch_up, **asked)
    page = await tab.arrival(kind="page")
    return [message["client_id"] for message in page["messages"]]
