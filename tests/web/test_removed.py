"""Whoever is in a room or at a place that is removed sees that it is gone, and the way home."""

from uuid import uuid4

import pytest

from tests.web.conftest import DEVICE, PLACE, OpenTab, Program, in_room
from treno_chat.actions.door.entry import enter_as_guest
from treno_chat.actions.operations.places import add_place
from treno_chat.actions.operations.removing import remove_place, remove_room
from treno_chat.actions.operations.rooms import add_room
from treno_chat.domain.door.sessions import Entered
from treno_chat.domain.places import PlaceKind
from treno_chat.web.states.room import RoomState

LEFT = ["annunci", "chat"]


@pytest.fixture
def beach(program: Program) -> str:
    """A place beside the train, with a bar."""
    slug = f"bagno-{uuid4().hex[:8]}"
    with program.transactions.writing() as tx:
        add_place(tx, slug, "Bagno", kind=PlaceKind.BEACH)
        add_room(tx, slug, "bar", "Bar")
    return slug


def come_to(program: Program, slug: str, alias: str) -> Entered:
    """Let somebody walk in there."""
    with program.transactions.writing() as tx:
        return enter_as_guest(
            tx, place_slug=slug, alias=alias, gender="other", device=DEVICE, current=None
        )


async def test_what_is_removed_is_gone_from_the_pages_of_those_who_are_there(
    program: Program, tabs: OpenTab, beach: str
) -> None:
    adas = await in_room(await tabs(come_to(program, beach, "Ada"), f"/p/{beach}/bar"))
    brunos = await in_room(await tabs(come_to(program, beach, "Bruno"), f"/p/{beach}"))

    with program.transactions.writing() as tx:
        remove_room(tx, beach, "bar")
    for tab in (adas, brunos):
        await tab.arrival(kind="look_again")
        await tab.call(RoomState.look_again)

    await adas.until(lambda tab: tab.var("trouble") == "not_found")
    assert (adas.var("room_id"), adas.var("place")["slug"]) == ("", beach)
    await brunos.until(lambda tab: [room["slug"] for room in tab.var("rooms")] == LEFT)
    assert brunos.var("room_name") == "Bagno"

    brunos.arrivals.clear()
    with program.transactions.writing() as tx:
        remove_place(tx, beach, entry=PLACE)
    await brunos.arrival(kind="look_again")
    await brunos.call(RoomState.look_again)

    await brunos.until(lambda tab: tab.var("trouble") == "place_not_found")
    assert (brunos.var("room_id"), brunos.var("place")["slug"]) == ("", "")
