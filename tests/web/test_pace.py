"""One pace for a session, whether it asks over its socket or over HTTP."""

from typing import Any

import pytest
from httpx import AsyncClient
from reflex.event import EventCallback, EventHandler

from tests.support.refill import stop_refilling
from tests.support.tab import Tab
from tests.web.conftest import Program
from treno_chat.actions.limits.limits import CHANGING
from treno_chat.domain.door.sessions import Entered
from treno_chat.web.handlers import name_of
from treno_chat.web.house import house
from treno_chat.web.rules import RULES
from treno_chat.web.states.notices import NoticesState
from treno_chat.web.states.room import RoomState

Handler = EventCallback[*tuple[Any, ...]] | EventHandler
CHANGES: dict[str, tuple[Handler, dict[str, Any]]] = {
    "a notice": (NoticesState.put_away, {"notice_id": "none"}),
    "a message": (RoomState.remove, {"room_id": "none", "seq": 1}),
}


@pytest.fixture(autouse=True)
def no_refill(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep what was used up from coming back."""
    stop_refilling(monkeypatch)


def test_every_handler_that_counts_as_a_change_is_tried() -> None:
    counted = {name for name, rule in RULES.items() if rule.is_change}

    assert counted == {name_of(handler) for handler, _ in CHANGES.values()}


@pytest.mark.parametrize("what", CHANGES)
async def test_what_is_used_up_is_used_up_over_the_socket_and_over_http(
    program: Program, ada: Entered, ada_tab: Tab, bruno: Entered, what: str
) -> None:
    handler, payload = CHANGES[what]
    for _ in range(CHANGING.rate.burst):
        house().limits.check_change(ada.principal)

    await ada_tab.call(handler, **payload)

    refused = await ada_tab.outcome("")
    assert (refused["ok"], refused["code"]) == (False, "too_fast")
    assert refused["params"]["seconds"] >= 1
    async with AsyncClient(base_url=program.origin, headers={"Origin": program.origin}) as http:
        for entered, status in ((ada, 429), (bruno, 404)):
            cookie = f"__Host-treno_session={entered.session_token}"
            answer = await http.delete("/api/v1/auth/sessions/none", headers={"Cookie": cookie})
            assert answer.status_code == status
            assert ("retry-after" in answer.headers) == (status == 429)
