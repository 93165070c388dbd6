"""Scrolling: sticks to the end only when near it; pages move nothing under the finger."""

import reflex as rx

from treno_chat.web.browser.hooks import ability, tell
from treno_chat.web.states.room import RoomState

NEAR_END_PX = 100
NEAR_EDGE_PX = 300
LOG_ID = "log"

FOLLOW = """
useLayoutEffect(() => {
  const log = document.getElementById("LOG");
  if (!log || !refs.treno_place) return;
  const { isAtEnd, isLoading, roomId, firstUnread } = memory.getState();
  const divider = log.querySelector("[data-divider]");
  if (!isLoading && refs.treno_shown !== roomId) {
    if (divider && firstUnread) divider.scrollIntoView({ block: "start" });
    else log.scrollTop = log.scrollHeight;
    refs.treno_shown = roomId;
  } else if (isAtEnd) {
    log.scrollTop = log.scrollHeight;
  } else {
    refs.treno_place.hold(log);
  }
  refs.treno_place.look(log);
}, [kept_rows])
"""

# The row that is being read, and where it ended in the list: it stays under the finger whatever
# comes or goes above it. Its lower edge, because the upper one moves when its group grows.
PLACE = """
  let row = null;
  let at = 0;
  const top = (log) => log.getBoundingClientRect().top;
  const end = (log, one) => one.getBoundingClientRect().bottom - top(log) + log.scrollTop;
  const note = (log) => {
    const edge = top(log);
    row = [...log.querySelectorAll("li.msg")]
      .find((one) => one.getBoundingClientRect().bottom > edge) ?? null;
    at = row ? end(log, row) : 0;
  };
  const hold = (log) => { if (row?.isConnected) log.scrollTop += end(log, row) - at; };
"""

WATCH = """
useEffect(() => {
  PLACE
  const toEnd = () => {
    const log = document.getElementById("LOG");
    if (log) log.scrollTop = log.scrollHeight;
    const { hasNewer, isReady } = memory.getState();
    memory.setState({ isAtEnd: true, unseen: 0 });
    if (hasNewer && isReady) refs.treno_catch_up?.(0);
  };
  const bring = (log, below) => {
    const { roomId: room_id, messages, ...kept } = memory.getState();
    if (!kept.isReady || kept.isLoading || kept.fetching || !messages.length) return;
    if (log.scrollTop < NEAR_EDGE && kept.hasOlder) {
      const before_seq = messages[0].seq;
      memory.setState({ fetching: "older", late: [] });
      OLDER;
    } else if (below < NEAR_EDGE && kept.hasNewer && !kept.isAtEnd) {
      const after_seq = messages.at(-1).seq;
      memory.setState({ fetching: "newer", late: [] });
      NEWER;
    }
  };
  const look = (log) => {
    const kept = memory.getState();
    const below = log.scrollHeight - log.scrollTop - log.clientHeight;
    const isAtEnd = kept.hasNewer ? kept.isAtEnd : below <= NEAR_END;
    const isHigh = !isAtEnd && log.scrollTop < below;
    if (isAtEnd !== kept.isAtEnd) memory.setState(isAtEnd ? { isAtEnd, unseen: 0 } : { isAtEnd });
    if (isHigh !== kept.isHigh) memory.setState({ isHigh });
    note(log);
    bring(log, below);
  };
  const scrolled = (event) => { if (event.target?.id === "LOG") look(event.target); };
  const resize = () => {
    const log = document.getElementById("LOG");
    if (!log) return;
    if (memory.getState().isAtEnd) toEnd();
    else hold(log);
    note(log);
  };
  refs.treno_to_end = toEnd;
  refs.treno_place = { hold, look };
  document.addEventListener("scroll", scrolled, true);
  window.addEventListener("resize", resize);
  window.visualViewport?.addEventListener("resize", resize);
  return () => {
    refs.treno_shown = "";
    document.removeEventListener("scroll", scrolled, true);
    window.removeEventListener("resize", resize);
    window.visualViewport?.removeEventListener("resize", resize);
  };
}, [])
"""


def scroll() -> list[rx.Var[object]]:
    """Follow the end, else keep the place; near either edge ask for what lies beyond it."""
    watch = (
        WATCH.replace("PLACE", PLACE)
        .replace("LOG", LOG_ID)
        .replace("NEAR_END", str(NEAR_END_PX))
        .replace("NEAR_EDGE", str(NEAR_EDGE_PX))
        .replace("OLDER", tell(RoomState.older, "{ room_id, before_seq }"))
        .replace("NEWER", tell(RoomState.newer, "{ room_id, after_seq }"))
    )
    return [ability(FOLLOW.replace("LOG", LOG_ID), watches=("rows",)), ability(watch)]
