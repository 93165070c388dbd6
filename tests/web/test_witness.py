"""What a handler is refused, and what breaks in one, is written down; the page gets a reference."""

import pytest
from reflex.state import State
from structlog.testing import capture_logs

from tests.support.tab import Tab
from tests.web.conftest import Program
from treno_chat.actions.talk import messages
from treno_chat.domain.door.sessions import Entered
from treno_chat.domain.operations.auth_events import AuthEvent, AuthEventKind
from treno_chat.stores.operations import auth_events
from treno_chat.web.handlers import name_of
from treno_chat.web.states.room import RoomState


def _of(program: Program, entered: Entered, kind: AuthEventKind) -> list[AuthEvent]:
    with program.transactions.reading() as tx:
        found = auth_events.of_session(tx.db, entered.principal.session.id)
    return [event for event in found if event.kind is kind]


@pytest.mark.parametrize("denied", ["setvar", "nobody.knows", ""])
async def test_s57_a_denied_event_is_written_down_by_its_name_alone(
    program: Program, ada: Entered, ada_tab: Tab, denied: str
) -> None:
    if denied in State.event_handlers:
        denied = name_of(State.event_handlers[denied])
    await ada_tab.call(denied, var_name="a secret", value="a secret")
    await ada_tab.call(denied, var_name="a secret", value="a secret")
    await ada_tab.call(RoomState.catch_up, room_id=ada_tab.var("room_id"), last_rev=0, first_seq=0)
    await ada_tab.until(lambda tab: sum(one["kind"] == "page" for one in tab.arrivals) == 2)

    [event] = _of(program, ada, AuthEventKind.EVENT_DENIED)
    assert (event.detail, event.address != "") == (denied, True)


async def test_s57_who_sends_too_fast_is_written_down_once(
    program: Program, ada: Entered, ada_tab: Tab
) -> None:
    for number in range(8):
        await ada_tab.call(
            RoomState.send, room_id=ada_tab.var("room_id"), client_id=f"c{number}", text="Ciao"
        )
    for number in range(8):
        await ada_tab.outcome(f"c{number}")

    assert [event.detail for event in _of(program, ada, AuthEventKind.LIMITED)] == ["send"]


async def test_s55_a_fault_in_a_handler_is_told_with_the_reference_of_its_line(
    ada: Entered, ada_tab: Tab, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_down(*_: object) -> None:
        message = "SELECT secret FROM the_cellar"
        raise RuntimeError(message)

    monkeypatch.setattr(messages, "older_page", break_down)
    with capture_logs() as lines:
        await ada_tab.call(RoomState.older, room_id=ada_tab.var("room_id"), before_seq=9)
        told = await ada_tab.outcome("")

    [line] = [line for line in lines if line["event"] == "event_failed"]
    assert (told["code"], told["params"]) == ("unexpected", {"reference": line["reference"]})
    assert line["session"] == ada.principal.session.id
    assert "the_cellar" not in str(ada_tab.frames)
