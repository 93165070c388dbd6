"""A page whose state the server lost: it comes back by itself, and its room is not emptied."""

from uuid import uuid4

from tests.support.tab import Tab
from tests.web.conftest import OpenTab, Program, in_room
from treno_chat.domain.door.sessions import Entered
from treno_chat.web.states.room import RoomState


async def test_f4_a_page_whose_state_is_lost_comes_back_and_says_it_again(
    program: Program, tabs: OpenTab, ada: Entered, *, ada_tab: Tab, bruno_tab: Tab
) -> None:
    room_id, client_id = ada_tab.var("room_id"), str(uuid4())
    said = {"room_id": room_id, "client_id": client_id, "text": "Ciao"}
    states: dict[str, object] = program.module.app.state_manager.states
    for key in [key for key in states if ada_tab.token in key]:
        del states[key]

    await ada_tab.call(RoomState.send, **said)
    await ada_tab.until(lambda tab: not tab.client.connected)
    again = await in_room(await tabs(ada, token=ada_tab.token))
    await again.call(RoomState.send, **said)

    assert (await again.outcome(client_id))["ok"] is True
    assert (await bruno_tab.arrival(client_id=client_id))["by"]["id"] == again.var("me")["id"]
    assert (ada_tab.var("room_id"), ada_tab.var("is_hydrated")) == (room_id, True)
    assert (again.var("room_id"), again.var("me")) == (room_id, ada_tab.var("me"))
