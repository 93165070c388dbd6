"""The gate: nobody but who the handshake showed, nothing but what the table allows."""

from uuid import uuid4

import pytest
from socketio.exceptions import (  # pyright: ignore[reportMissingTypeStubs]
    ConnectionError as NotConnected,
)

from tests.support.tab import Tab
from tests.web.conftest import ROOM, OpenTab, Program
from treno_chat.domain.door.sessions import Entered
from treno_chat.web.states.room import RoomState


async def test_s10_a_stranger_connects_and_learns_nothing(
    program: Program, tabs: OpenTab, ada: Entered
) -> None:
    stranger: Tab = await tabs(None)

    await stranger.arrival(kind="ended")

    told = str(stranger.frames)
    assert not stranger.var("room_id")
    assert "Lucca" not in told
    assert ada.principal.user.alias not in told


@pytest.mark.parametrize(
    "payload",
    [
        {"room_id": 7, "client_id": "x", "text": "Ciao"},
        {"room_id": "r", "client_id": None, "text": "Ciao"},
        {"room_id": "r", "client_id": "x", "text": ["Ciao"]},
        {"room_id": "r", "client_id": "x", "text": "Ciao", "is_staff": True},
        {"room_id": "r", "client_id": "x"},
        {},
    ],
)
async def test_3_8_wrong_arguments_reach_no_handler(
    ada_tab: Tab, payload: dict[str, object]
) -> None:
    await ada_tab.call(RoomState.send, **payload)

    await ada_tab.call(RoomState.catch_up, room_id=ada_tab.var("room_id"), last_rev=0, first_seq=0)
    await ada_tab.until(lambda tab: sum(one["kind"] == "page" for one in tab.arrivals) == 2)
    assert ada_tab.outcomes == []


async def test_3_10_the_address_a_page_claims_opens_nothing(
    program: Program, tabs: OpenTab, ada: Entered
) -> None:
    tab: Tab = await tabs(ada, "/p/somewhere-else/secret")

    assert await tab.until(lambda tab: tab.var("trouble"))

    assert not tab.var("room_id")


async def test_3_3_nobody_inherits_a_state_with_the_token_of_its_tab(
    program: Program, tabs: OpenTab, ada: Entered, bruno: Entered
) -> None:
    token = str(uuid4())
    first: Tab = await tabs(ada, token=token)
    await first.until(lambda tab: tab.var("room_id"))
    await first.close()

    thief: Tab = await tabs(bruno, token=token)

    await thief.until(lambda tab: tab.var("room_id"))
    assert ada.principal.user.alias not in str(
        [frame for frame in thief.frames if "me_rx" in str(frame)]
    )


@pytest.mark.parametrize("origin", ["http://evil.example", "null", None])
async def test_3_13_s8_a_foreign_origin_is_refused_before_any_event(
    program: Program, ada: Entered, origin: str | None
) -> None:
    tab = Tab(path=ROOM, token=str(uuid4()))
    headers = {} if origin is None else {"Origin": origin}

    with pytest.raises(NotConnected):
        await tab.client.connect(
            f"{program.origin}?token={tab.token}",
            headers={"Cookie": f"__Host-treno_session={ada.session_token}", **headers},
            socketio_path="/_event",
            namespaces=["/_event"],
            transports=["websocket"],
        )

    await tab.close()
    assert tab.frames == []


async def test_3_1_a_spoofed_connect_changes_no_identity(ada_tab: Tab, program: Program) -> None:
    before = ada_tab.var("me")

    await ada_tab.emit("connect", {"QUERY_STRING": f"token={uuid4()}"})
    await ada_tab.emit("disconnect", None)

    await ada_tab.call(RoomState.catch_up, room_id=ada_tab.var("room_id"), last_rev=0, first_seq=0)
    await ada_tab.until(lambda tab: sum(one["kind"] == "page" for one in tab.arrivals) == 2)
    assert ada_tab.var("me") == before


async def test_s36_a_room_of_another_place_is_not_there(ada_tab: Tab) -> None:
    client_id = str(uuid4())

    await ada_tab.call(RoomState.send, room_id=str(uuid4()), client_id=client_id, text="Ciao")

    refused = await ada_tab.outcome(client_id)
    assert (refused["ok"], refused["code"]) == (False, "not_here")
