"""The connection: quiet for five seconds, then a calm word; caught up by itself when it is back.

Reflex's own developer toast is replaced by this (pages say what `link` is).
"""

import reflex as rx
from reflex_base.utils.imports import ImportVar

from treno_chat.web.browser.hooks import ability, tell
from treno_chat.web.states.room import RoomState

QUIET_MS = 5_000
HANGING_MS = 800
BACK_MS = 4_000
JITTER_MS = 1_000
HEARTBEAT_MS = 25_000

# A temporal event is taken only while the socket is open: an empty one asks whether it is.
IS_OPEN = "eventLoop.addEvents([], [], { temporal: true }) !== undefined"

LINK = """
const connection = useContext(EventLoopContext)
const isFailing = (connection?.[1]?.length ?? 0) > 0
useEffect(() => {
  if (!isFailing) return;
  memory.setState({ isReady: false });
  const quiet = setTimeout(() => memory.setState({ link: "down" }), QUIET);
  return () => clearTimeout(quiet);
}, [isFailing])
useEffect(() => {
  let since = 0;
  const watch = setInterval(() => {
    if (IS_OPEN) { since = 0; return; }
    since ||= Date.now();
    if (memory.getState().isReady) memory.setState({ isReady: false });
    // No error, yet no connection: the line has been swallowing everything for a while already.
    const isHanging = !eventLoop.connectErrors.length && Date.now() - since > HANGING;
    if (isHanging && memory.getState().roomId) memory.setState({ link: "down" });
  }, 400);
  return () => clearInterval(watch);
}, [])
useEffect(() => {
  const off = () => memory.setState({ link: "down", isReady: false });
  const on = () => { document.dispatchEvent(new Event("visibilitychange")); };
  window.addEventListener("offline", off);
  window.addEventListener("online", on);
  return () => {
    window.removeEventListener("offline", off);
    window.removeEventListener("online", on);
  };
}, [])
"""

# Reflex waits for the same times on every page: all whom a server lost would knock in step. The
# first try waits for nothing; whoever it does not bring back comes apart from the others.
SPREAD = """
useEffect(() => {
  const open = Manager.prototype.open;
  Manager.prototype.open = function (...told) {
    const again = () => open.apply(this, told);
    if (eventLoop.connectErrors.length) setTimeout(again, Math.random() * JITTER);
    else again();
    return this;
  };
  return () => { Manager.prototype.open = open; };
}, [])
"""

READY = """
const root = useStateContext("reflex___state____state")
const isHydrated = root.is_hydrated_rx_state_
const room = useStateContext("ROOM_STATE")
const room_id = room.room_id_rx_state_
useEffect(() => {
  memory.setState({ me: room.me_rx_state_.id, zone: room.place_rx_state_.timezone,
    placeKind: room.place_rx_state_.kind });
}, [room.me_rx_state_, room.place_rx_state_])
useEffect(() => {
  const comeBack = () => {
    if (!isHydrated || !room_id) {
      memory.setState({ isReady: false });
      // A page that was opened by itself has no room to catch up with: its line is back at once.
      if (isHydrated && memory.getState().link === "down") memory.setState({ link: "back" });
      return;
    }
    const kept = memory.getState();
    const isSame = kept.roomId === room_id;
    const wasDown = kept.link === "down";
    if (!isSame) memory.setState({ roomId: room_id, messages: [], rev: 0, seq: 0, ahead: [],
      hasOlder: false, hasNewer: false, isLoading: true, unseen: 0, isAtEnd: true,
      firstUnread: 0, readSeq: 0, unread: 0, missed: 0 });
    // Whoever wants the end and does not hold what leads there starts from the newest page.
    const last_rev = isSame && !(kept.isAtEnd && kept.hasNewer) ? kept.rev : 0;
    // Asked before the outbox wakes up: what was missed comes before what is sent now.
    refs.treno_catch_up(last_rev);
    memory.setState({ isReady: true, fetching: "", late: [], link: wasDown ? "back" : "up" });
  };
  comeBack();
  // A line to this very machine stays open without a network: it is back as soon as that is.
  const online = () => { if (!memory.getState().isReady && IS_OPEN) comeBack(); };
  window.addEventListener("online", online);
  return () => window.removeEventListener("online", online);
}, [isHydrated, room_id])
useEffect(() => {
  if (kept_link !== "back") return;
  const done = setTimeout(() => memory.setState({ link: "up", missed: 0 }), BACK);
  return () => clearTimeout(done);
}, [kept_link])
useEffect(() => {
  const beat = setInterval(() => {
    const { roomId: room_id, rev: last_rev, isReady } = memory.getState();
    if (isReady && room_id) HERE;
  }, HEARTBEAT);
  return () => clearInterval(beat);
}, [])
"""

IMPORTS: dict[str, list[ImportVar]] = {
    "react": [ImportVar(tag="useContext"), ImportVar(tag="useEffect")],
    "$/utils/context-registry": [
        ImportVar(tag="EventLoopContext"),
        ImportVar(tag="StateStoreContext"),
        ImportVar(tag="eventLoop"),
        ImportVar(tag="useStateContext"),
    ],
}
# The very one that Reflex opens its lines with; it brings it along.
MANAGER = {"socket.io-client": [ImportVar(tag="Manager", install=False)]}


def connection() -> list[rx.Var[object]]:
    """Say when the line is gone, catch up when it is back, and stay present meanwhile."""
    ready = (
        READY.replace("ROOM_STATE", RoomState.get_full_name())
        .replace("HERE", tell(RoomState.here, "{ room_id, last_rev }"))
        .replace("IS_OPEN", IS_OPEN)
        .replace("BACK", str(BACK_MS))
        .replace("HEARTBEAT", str(HEARTBEAT_MS))
    )
    return [
        ability(
            LINK.replace("IS_OPEN", IS_OPEN)
            .replace("QUIET", str(QUIET_MS))
            .replace("HANGING", str(HANGING_MS)),
            imports=IMPORTS,
        ),
        ability(SPREAD.replace("JITTER", str(JITTER_MS)), imports={**IMPORTS, **MANAGER}),
        ability(ready, watches=("link",), imports=IMPORTS),
    ]
