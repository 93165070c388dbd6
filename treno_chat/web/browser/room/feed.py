"""The feed: takes what arrives to where it is merged, and notices what is missing."""

import reflex as rx

from treno_chat.web.browser.hooks import ability, tell
from treno_chat.web.browser.room.merge import MERGE
from treno_chat.web.states.room import RoomState
from treno_chat.web.wire import Arrivals, Outcomes

# A hole may only be a packet that overtook another: wait this long before asking (decisions.md).
HOLE_PATIENCE_MS = 250

LISTEN = """
useEffect(() => {
  MERGE
  const heard = (name, merge) => states.subscribe(name, () => {
    const batch = states.getSnapshot(name)?.batch_rx_state_ ?? [];
    if (batch.length > 0) memory.setState((kept) => trim(batch.reduce(merge, kept)));
    for (const item of batch) refs.treno_heard?.forEach((listener) => listener(item));
  });
  const stops = [heard("ARRIVALS", arrive), heard("OUTCOMES", settle)];
  let asked = 0;
  const heal = memory.subscribe((kept) => {
    if (asked || !kept.ahead.length || !kept.roomId || !kept.isReady) return;
    asked = setTimeout(() => {
      asked = 0;
      const { ahead, rev } = memory.getState();
      if (ahead.length) refs.treno_catch_up?.(rev);
    }, PATIENCE);
  });
  refs.treno_catch_up = (last_rev) => {
    const { roomId: room_id, messages, isAtEnd, seq: heard_seq } = memory.getState();
    const first_seq = messages[0]?.seq ?? 0;
    // Who reads far up keeps their place, whatever was missed.
    const last_seq = isAtEnd ? 0 : messages.at(-1)?.seq ?? 0;
    CATCH_UP;
  };
  return () => { stops.forEach((stop) => stop()); heal(); clearTimeout(asked); };
}, [states])
"""


def feed() -> rx.Var[object]:
    """Keep the messages: every packet merged by `seq`, every hole asked for once."""
    code = (
        LISTEN.replace("MERGE", MERGE)
        .replace("ARRIVALS", Arrivals.get_full_name())
        .replace("OUTCOMES", Outcomes.get_full_name())
        .replace("PATIENCE", str(HOLE_PATIENCE_MS))
        .replace(
            "CATCH_UP",
            tell(RoomState.catch_up, "{ room_id, last_rev, first_seq, last_seq, heard_seq }"),
        )
    )
    return ability(code)
