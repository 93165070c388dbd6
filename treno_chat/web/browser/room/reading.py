"""Reading: what stayed in sight at the end for a while is read; then the divider has done its work.

How far was told is kept by room: every room counts its own messages.
"""

import reflex as rx

from treno_chat.web.browser.hooks import ability, tell
from treno_chat.web.states.room import RoomState

CODE = """
useEffect(() => {
  const told = {};
  let timer = 0;
  const isRead = () => {
    const { messages, roomId, isAtEnd, isReady } = memory.getState();
    const seq = messages.at(-1)?.seq ?? 0;
    return isAtEnd && isReady && !document.hidden && seq > (told[roomId] ?? 0);
  };
  const note = () => {
    timer = 0;
    // Somebody who went elsewhere meanwhile has read nothing here.
    if (!isRead()) return;
    const { roomId: room_id, messages, firstUnread } = memory.getState();
    const seq = messages.at(-1).seq;
    // It stays while what is below it is read for the first time, and goes with what comes then.
    if (firstUnread && told[room_id] >= firstUnread) memory.setState({ firstUnread: 0 });
    told[room_id] = seq;
    TELL;
  };
  const look = () => { if (!timer && isRead()) timer = setTimeout(note, 1500); };
  const stop = memory.subscribe(look);
  document.addEventListener("visibilitychange", look);
  return () => {
    stop();
    clearTimeout(timer);
    document.removeEventListener("visibilitychange", look);
  };
}, [])
"""


def reading() -> rx.Var[object]:
    """Remember what was read; only a page that shows the messages may."""
    return ability(CODE.replace("TELL", tell(RoomState.read, "{ room_id, seq }")))
