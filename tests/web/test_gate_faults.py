"""When the gate itself breaks, it stays shut."""

from uuid import uuid4

import pytest

from tests.support.tab import Tab
from treno_chat.web import gate
from treno_chat.web.states.room import RoomState


async def test_s56_whatever_breaks_in_a_check_the_answer_is_no(
    ada_tab: Tab, bruno_tab: Tab, monkeypatch: pytest.MonkeyPatch
) -> None:
    room_id, unheard, heard = ada_tab.var("room_id"), str(uuid4()), str(uuid4())

    def broken(*_: object) -> None:
        raise RuntimeError

    with monkeypatch.context() as breaking:
        breaking.setattr(gate, "_is_well_formed", broken)
        before = len(ada_tab.frames)
        await ada_tab.call(RoomState.send, room_id=room_id, client_id=unheard, text="Ciao")
        await ada_tab.until(lambda tab: len(tab.frames) > before)
    await ada_tab.call(RoomState.send, room_id=room_id, client_id=heard, text="Ciao")

    await bruno_tab.arrival(client_id=heard)
    assert unheard not in [one.get("client_id") for one in bruno_tab.arrivals]
