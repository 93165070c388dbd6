"""Whoever went to another place is not heard of, and hears nothing more, where they were."""

from uuid import uuid4

import pytest

from tests.support.tab import Handler, Tab, in_room
from tests.web.conftest import OpenTab, Program
from treno_chat.actions.door.sessions import continue_session
from treno_chat.actions.operations.places import add_place
from treno_chat.domain.door.sessions import Entered
from treno_chat.domain.places import PlaceKind
from treno_chat.web.states.room import RoomState


@pytest.fixture
def beach(program: Program) -> str:
    """A place beside the train."""
    slug = f"bagno-{uuid4().hex[:8]}"
    with program.transactions.writing() as tx:
        add_place(tx, slug, "Bagno", kind=PlaceKind.BEACH)
    return slug


async def say(tab: Tab) -> str:
    """Let somebody say something, and return its client_id."""
    client_id = str(uuid4())
    said = {"room_id": tab.var("room_id"), "client_id": client_id, "text": "Mi senti?"}
    await tab.call(RoomState.send, **said)
    assert (await tab.outcome(client_id))["ok"]
    return client_id


async def test_a_tab_that_was_left_behind_hears_nothing_more_and_says_why(
    program: Program, tabs: OpenTab, ada: Entered, bruno_tab: Tab, beach: str
) -> None:
    old = await in_room(await tabs(ada))
    with program.transactions.writing() as tx:
        moved = continue_session(tx, ada.principal, place_slug=beach)
    await old.arrival(kind="look_again")
    new = await in_room(await tabs(moved, f"/p/{beach}"))

    unheard, heard = await say(bruno_tab), await say(new)
    await old.call(RoomState.older, room_id=old.var("room_id"), before_seq=1)

    await bruno_tab.arrival(client_id=unheard)
    await new.arrival(client_id=heard)
    await old.until(lambda tab: tab.var("trouble") == "not_here")
    assert not {unheard, heard} & {one.get("client_id") for one in old.arrivals}


@pytest.mark.parametrize(
    ("ask", "more"),
    [
        (RoomState.older, {"before_seq": 1}),
        (RoomState.catch_up, {"last_rev": 1, "first_seq": 1}),
        (RoomState.here, {"last_rev": 1}),
    ],
    ids=["older", "catch up", "here"],
)
async def test_who_asks_where_they_are_no_more_is_answered(
    program: Program,
    ada: Entered,
    ada_tab: Tab,
    beach: str,
    *,
    ask: Handler,
    more: dict[str, int],
) -> None:
    room_id = ada_tab.var("room_id")
    with program.transactions.writing() as tx:
        continue_session(tx, ada.principal, place_slug=beach)

    await ada_tab.call(ask, room_id=room_id, **more)

    await ada_tab.until(lambda tab: tab.var("trouble") == "not_here")
    assert await ada_tab.arrival(kind="refused")
    assert ada_tab.var("room_id") == ""
