"""Reading: what stayed in sight at the end for a while is read; then the divider has done its work.

Whoever looks at another page, or on a phone at the list of rooms, reads nothing meanwhile.
How far was told is kept by room: every room counts its own messages.
"""

import reflex as rx

from treno_chat.domain.talk.previews import MAX_UNREAD
from treno_chat.web.browser.hooks import ability, tell
from treno_chat.web.browser.scroll import LOG_ID
from treno_chat.web.states.room import RoomState

CODE = """
useEffect(() => {
  const told = {};
  let timer = 0;
  const isInSight = () =>
    !document.hidden && !!document.getElementById("LOG")?.getClientRects().length;
  const isRead = () => {
    const { messages, roomId, isAtEnd, isReady } = memory.getState();
    const seq = messages.at(-1)?.seq ?? 0;
    return isAtEnd && isReady && seq > (told[roomId] ?? 0) && isInSight();
  };
  // What others said since; and where it begins, for whoever comes back to it.
  const count = (kept, old) => {
    if (kept.messages === old.messages && kept.readSeq === old.readSeq || kept.isLoading) return;
    const { messages, readSeq, hasNewer, me, firstUnread } = kept;
    const news = messages.filter((one) => one.seq > readSeq && one.by?.id !== me && !one.removed);
    const unread = Math.min(MOST, news.length + (hasNewer ? kept.unseen : 0));
    if (unread !== kept.unread) memory.setState({ unread });
    // A divider whose words were read makes way for the next one.
    if (news.length && firstUnread <= readSeq && !isInSight())
      memory.setState({ firstUnread: news[0].seq });
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
    memory.setState({ readSeq: seq });
    TELL;
  };
  const look = () => { if (!timer && isRead()) timer = setTimeout(note, 1500); };
  const stop = memory.subscribe((kept, old) => { count(kept, old); look(); });
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
    code = CODE.replace("LOG", LOG_ID).replace("MOST", str(MAX_UNREAD))
    return ability(code.replace("TELL", tell(RoomState.read, "{ room_id, seq }")))
