"""Opening again: a room that could not be opened is asked for anew, more and more calmly.

Whoever came too often waits for as long as they were told; of anything else nobody knows how long
it takes. Whoever has a trouble was answered: that is no page that waits.
"""

import reflex as rx

from treno_chat.web.browser.hooks import ability, tell
from treno_chat.web.browser.room.connection import IMPORTS, JITTER_MS
from treno_chat.web.states.room import RoomState

CALM_MS = 5_000
CALMEST_MS = 60_000

CODE = """
const page = useStateContext("reflex___state____state")
const opened = useStateContext("ROOM_STATE")
const isShut = page.is_hydrated_rx_state_ && !opened.room_id_rx_state_
  && !opened.trouble_rx_state_
useEffect(() => {
  if (!isShut) return;
  let timer = 0;
  let calm = CALM;
  const wait = () => {
    const told = memory.getState().seconds * 1000;
    timer = setTimeout(again, Math.max(calm, told) + Math.random() * JITTER);
    calm = Math.min(calm * 2, MOST);
  };
  const again = () => { OPEN; wait(); };
  wait();
  return () => {
    clearTimeout(timer);
    // What was said of it is over with it.
    memory.setState({ notice: "", seconds: 0, reference: "" });
  };
}, [isShut])
"""


def opening_code() -> str:
    """Return what the page runs, with its times."""
    return (
        CODE.replace("ROOM_STATE", RoomState.get_full_name())
        .replace("CALM", str(CALM_MS))
        .replace("MOST", str(CALMEST_MS))
        .replace("JITTER", str(JITTER_MS))
        .replace("OPEN", tell(RoomState.open, "{}"))
    )


def opening() -> rx.Var[object]:
    """Open the room again as long as there is neither a room nor a reason."""
    return ability(opening_code(), imports=IMPORTS)
