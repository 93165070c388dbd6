"""The outbox: what was written is on screen at once, sent in order, one at a time, never lost.

When the server says for how many seconds it is too much, the first of the queue waits for so long,
and the others wait behind it: what was said later never goes first.

Reflex would queue an event in memory while the socket is down and fire it later; this outbox keeps
the words itself (through a reload too), and a repetition is harmless by its `client_id`.
"""

import reflex as rx

from treno_chat.web.browser.hooks import ability, tell
from treno_chat.web.states.room import RoomState

# No answer for this long counts as no connection: the words wait and are sent again.
PATIENCE_MS = 5_000
RETRY_MS = 3_000

CODE = """
useEffect(() => {
  const shelf = (name) => "treno." + name + "." + memory.getState().me;
  const read = (name) => JSON.parse(sessionStorage.getItem(shelf(name)) ?? "null");
  const write = (name, value) => sessionStorage.setItem(shelf(name), JSON.stringify(value));
  let flying = "";
  let timer = 0;
  let resting = 0;
  const mark = (client_id, change) => memory.setState((kept) => ({
    pending: kept.pending.map((one) => one.client_id === client_id ? { ...one, ...change } : one),
  }));
  const isResting = ({ client_id, seconds, until }) => {
    clearTimeout(resting);
    const wait = until - performance.now();
    if (!(wait > 0)) return false;
    resting = setTimeout(pump, wait % 1000 || 1000);
    const left = Math.ceil(wait / 1000);
    if (left !== seconds) mark(client_id, { seconds: left });
    return true;
  };
  // From the first word of too much until nothing waits any more; between two seconds it says one.
  const pauseOf = ({ pending, link, pause }) =>
    link !== "down" && pending.some((one) => one.state !== "failed")
      ? pending.find((one) => one.state === "waiting")?.seconds || Math.min(pause, 1) : 0;
  const pump = () => {
    const { pending, link, isReady } = memory.getState();
    if (flying && !pending.some((one) => one.client_id === flying && one.state === "sending")) {
      flying = "";
      clearTimeout(timer);
    }
    if (flying || link === "down" || !isReady) return;
    const next = pending.find((one) => one.state === "waiting");
    if (!next || isResting(next)) return;
    const { room_id, client_id, text } = next;
    flying = client_id;
    mark(client_id, { state: "sending", seconds: 0 });
    SEND;
    timer = setTimeout(() => {
      flying = "";
      memory.setState({ link: "down" });
      mark(client_id, { state: "waiting" });
      timer = setTimeout(() => { memory.setState({ link: "up" }); pump(); }, RETRY);
    }, PATIENCE);
  };
  const send = (text) => {
    const { roomId } = memory.getState();
    if (!text.trim() || !roomId) return false;
    const one = { client_id: crypto.randomUUID(), room_id: roomId, text, at: Date.now(),
      state: "waiting" };
    memory.setState((kept) => ({ pending: [...kept.pending, one], isAtEnd: true, unseen: 0,
      draft: "", notice: "" }));
    return true;
  };
  const now = { state: "waiting", code: "", seconds: 0, until: 0 };
  const retry = (client_id) => mark(client_id, now);
  // On its way already, it arrives as it was: merging then owes the message its new words.
  const amend = (client_id, text) => mark(client_id,
    { text, isAmended: true, ...(flying === client_id ? {} : now) });
  const discard = (client_id) => memory.setState((kept) => ({
    pending: kept.pending.filter((one) => one.client_id !== client_id),
  }));
  refs.treno_outbox = { send, retry, amend, discard };
  let owner = "";
  const stop = memory.subscribe((kept, old) => {
    if (kept.me && kept.me !== owner) {
      owner = kept.me;
      const saved = (read("outbox") ?? []).map((one) => one.state === "failed"
        ? one : { ...one, ...now });
      if (saved.length) memory.setState({ pending: saved });
    } else if (kept.pending !== old.pending && owner) {
      write("outbox", kept.pending);
    }
    if (["pending", "link", "isReady"].some((part) => kept[part] !== old[part])) pump();
    const pause = pauseOf(memory.getState());
    if (pause !== memory.getState().pause) memory.setState({ pause });
  });
  return () => { stop(); clearTimeout(timer); clearTimeout(resting); };
}, [])
"""


def outbox() -> rx.Var[object]:
    """Keep what is not sent yet, and send it when it can be sent."""
    code = (
        CODE.replace("PATIENCE", str(PATIENCE_MS))
        .replace("RETRY", str(RETRY_MS))
        .replace("SEND", tell(RoomState.send, "{ room_id, client_id, text }"))
    )
    return ability(code)
