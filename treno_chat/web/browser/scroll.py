"""Scrolling: sticks to the end only when near it, and older pages move nothing under the finger."""

import reflex as rx

from treno_chat.web.browser.hooks import ability, tell
from treno_chat.web.states.room import RoomState

NEAR_END_PX = 100
NEAR_START_PX = 300
LOG_ID = "log"

FOLLOW = """
useLayoutEffect(() => {
  const log = document.getElementById("LOG");
  if (!log) return;
  const last = (refs.treno_scroll ??= { height: 0, first: 0, room: "" });
  const { messages, isAtEnd, isLoading, roomId, firstUnread } = memory.getState();
  const first = messages[0]?.seq ?? 0;
  const divider = log.querySelector("[data-divider]");
  if (!isLoading && last.room !== roomId) {
    if (divider && firstUnread) divider.scrollIntoView({ block: "start" });
    else log.scrollTop = log.scrollHeight;
    last.room = roomId;
  } else if (last.first && first && first < last.first) {
    log.scrollTop += log.scrollHeight - last.height;
  } else if (isAtEnd) {
    log.scrollTop = log.scrollHeight;
  }
  last.height = log.scrollHeight;
  last.first = first;
}, [kept_rows])
"""

WATCH = """
useEffect(() => {
  const toEnd = () => {
    const log = document.getElementById("LOG");
    if (log) log.scrollTop = log.scrollHeight;
    memory.setState({ isAtEnd: true, unseen: 0 });
  };
  const look = (event) => {
    const log = event.target;
    if (log?.id !== "LOG") return;
    const kept = memory.getState();
    const isAtEnd = log.scrollHeight - log.scrollTop - log.clientHeight <= NEAR_END;
    if (isAtEnd !== kept.isAtEnd) memory.setState(isAtEnd ? { isAtEnd, unseen: 0 } : { isAtEnd });
    if (log.scrollTop < NEAR_START && kept.hasOlder && !kept.isFetchingOlder && kept.isReady) {
      const room_id = kept.roomId;
      const before_seq = kept.messages[0]?.seq ?? 0;
      memory.setState({ isFetchingOlder: true });
      OLDER;
    }
  };
  const resize = () => { if (memory.getState().isAtEnd) toEnd(); };
  refs.treno_to_end = toEnd;
  document.addEventListener("scroll", look, true);
  window.visualViewport?.addEventListener("resize", resize);
  return () => {
    document.removeEventListener("scroll", look, true);
    window.visualViewport?.removeEventListener("resize", resize);
  };
}, [])
"""


def scroll() -> list[rx.Var[object]]:
    """Follow the end, keep the place while older pages come, and ask for them near the start."""
    watch = (
        WATCH.replace("LOG", LOG_ID)
        .replace("NEAR_END", str(NEAR_END_PX))
        .replace("NEAR_START", str(NEAR_START_PX))
        .replace("OLDER", tell(RoomState.older, "{ room_id, before_seq }"))
    )
    return [ability(FOLLOW.replace("LOG", LOG_ID), watches=("rows",)), ability(watch)]
