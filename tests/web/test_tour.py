"""S58: what is said over the sockets, and what opens them, is in no log."""

from typing import Any

import pytest
from reflex.state import State

from tests.support.log import lines_of, written_log
from tests.support.tab import Tab
from tests.web.conftest import Program
from treno_chat.actions.talk import messages
from treno_chat.domain.door.sessions import Entered
from treno_chat.web.handlers import name_of
from treno_chat.web.states.room import RoomState

SAID = "nobody shall read this in a log"


async def test_s58_nothing_that_is_said_or_shown_over_a_socket_is_in_the_log(
    program: Program, ada: Entered, ada_tab: Tab, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_down(*told: Any) -> None:  # noqa: ANN401 -- whatever the handler gives
        raise RuntimeError(f"{told} {SAID}")

    monkeypatch.setattr(messages, "older_page", break_down)
    room_id = ada_tab.var("room_id")
    with written_log("DEBUG") as stream:
        for number in range(8):
            await ada_tab.call(RoomState.send, room_id=room_id, client_id=f"t{number}", text=SAID)
        for number in range(8):
            await ada_tab.outcome(f"t{number}")
        await ada_tab.call(RoomState.send, room_id=room_id, client_id=7, text=SAID)
        await ada_tab.call(name_of(State.event_handlers["setvar"]), var_name=SAID, value=SAID)
        await ada_tab.call(f"nobody.knows.{SAID}")
        await ada_tab.emit(SAID, {"text": SAID})
        await ada_tab.call(RoomState.older, room_id=room_id, before_seq=9)
        await ada_tab.outcome("")

    events = {line["event"] for line in lines_of(stream)}
    assert {"event_allowed", "event_denied", "event_failed", "limited"} <= events
    for secret in (SAID, ada.session_token, ada_tab.token):
        assert secret not in stream.getvalue()
