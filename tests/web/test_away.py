"""With the database away, whoever says something is told to try again, and can."""

from uuid import uuid4

import pytest
from structlog.testing import capture_logs

from tests.support.tab import Tab
from tests.web.conftest import Program
from treno_chat.domain.door.sessions import Entered
from treno_chat.stores.database import Database
from treno_chat.web.states.room import RoomState

# Nothing listens on port 1.
CLOSED = "postgresql://treno:hidden@127.0.0.1:1/treno"


async def test_f3_f12_what_is_said_meanwhile_may_be_said_again(
    program: Program, ada: Entered, ada_tab: Tab, monkeypatch: pytest.MonkeyPatch
) -> None:
    client_id = str(uuid4())
    said = {"room_id": ada_tab.var("room_id"), "client_id": client_id, "text": "Ciao"}

    with monkeypatch.context() as away, capture_logs() as lines:
        away.setattr(program.transactions, "database", Database(CLOSED))
        await ada_tab.call(RoomState.send, **said)
        told = await ada_tab.outcome("")
    await ada_tab.call(RoomState.send, **said)

    assert (await ada_tab.outcome(client_id))["ok"] is True
    assert (told["ok"], told["code"], told["params"]) == (False, "unavailable", {})
    [line] = [line for line in lines if line["event"] == "database_away"]
    assert line["session"] == ada.principal.session.id
