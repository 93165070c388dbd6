"""The feed: merges what arrives, in order of `seq`, and notices what is missing."""

import reflex as rx

from treno_chat.web.browser.hooks import ability, tell
from treno_chat.web.states.room import RoomState
from treno_chat.web.wire import Arrivals, Outcomes

# A hole may only be a packet that overtook another: wait this long before asking (decisions.md).
HOLE_PATIENCE_MS = 250
# More than this at the near end is dropped from the far side.
MOST_ROWS = 300

MERGE = """
const put = (kept, item) => {
  if (item.kind === "stub") return kept;
  const messages = kept.messages.slice();
  let place = messages.length;
  while (place > 0 && messages[place - 1].seq >= item.seq) place -= 1;
  const known = messages[place]?.seq === item.seq;
  if (known && messages[place].rev >= item.rev) return kept;
  if (!known && item.kind === "edit" && item.seq < (messages[0]?.seq ?? 0)) return kept;
  messages.splice(place, known ? 1 : 0, item);
  const pending = kept.pending.filter((one) => one.client_id !== item.client_id);
  const isNews = !known && item.by?.id !== kept.me && !kept.isAtEnd && item.seq > kept.seq;
  return { ...kept, messages, pending, unseen: kept.unseen + (isNews ? 1 : 0) };
};
const reach = (kept, rev) => {
  if (!rev || rev <= kept.rev) return kept;
  const ahead = new Set([...(kept.ahead ?? []), rev]);
  let reached = kept.rev;
  while (ahead.delete(reached + 1)) reached += 1;
  return { ...kept, rev: reached, ahead: [...ahead] };
};
const through = (kept, item) => ({
  ...kept,
  rev: Math.max(kept.rev, item.through_rev),
  seq: Math.max(kept.seq, item.through_seq),
  ahead: (kept.ahead ?? []).filter((rev) => rev > item.through_rev),
});
const arrive = (kept, item) => {
  switch (item.kind) {
    case "page": {
      const unread = item.messages.find(
        (one) => item.last_read > 0 && one.seq > item.last_read && one.by?.id !== kept.me,
      );
      const fresh = { ...kept, messages: item.messages, rev: 0, seq: 0, ahead: [], unseen: 0,
        firstUnread: unread?.seq ?? 0, hasOlder: item.has_older, isLoading: false };
      const settled = new Set(item.messages.map((one) => one.client_id));
      fresh.pending = kept.pending.filter((one) => !settled.has(one.client_id));
      return through(fresh, item);
    }
    case "older":
      return { ...kept, hasOlder: item.has_older, isFetchingOlder: false,
        messages: [...item.messages.filter((one) => one.seq < (kept.messages[0]?.seq ?? Infinity)),
          ...kept.messages] };
    case "caught_up": {
      const removed = new Set(item.removed);
      const known = new Set(kept.messages.map((one) => one.seq));
      const news = item.changes.filter((one) => !known.has(one.seq) && !one.removed
        && one.by?.id !== kept.me);
      const merged = item.changes.reduce(put, { ...kept, missed: kept.missed + news.length });
      return through({ ...merged,
        messages: merged.messages.filter((one) => !removed.has(one.seq)) }, item);
    }
    case "gone": {
      const seqs = new Set(item.seqs);
      return reach({ ...kept, messages: kept.messages.filter((one) => !seqs.has(one.seq)) },
        item.rev);
    }
    case "behind":
      return { ...kept, ahead: [...(kept.ahead ?? []), item.through_rev] };
    case "people": {
      const left = new Set(item.left ?? []);
      const joined = item.joined ?? [];
      const known = new Set(joined.map((one) => one.id));
      const people = item.people ??
        [...kept.people.filter((one) => !left.has(one.id) && !known.has(one.id)), ...joined];
      return { ...kept, people, count: item.count, counts: item.rooms ?? kept.counts };
    }
    case "new": case "edit": case "stub": {
      const merged = reach(put(kept, item), item.rev);
      return { ...merged, seq: Math.max(merged.seq, item.seq) };
    }
    default:
      return kept;
  }
};
const trim = (kept) => kept.isAtEnd && kept.messages.length > MOST
  ? { ...kept, messages: kept.messages.slice(-MOST), hasOlder: true } : kept;
const settle = (kept, item) => item.ok
  ? arrive(kept, { ...item, kind: "new" })
  : { ...kept, notice: kept.pending.some((one) => one.client_id === item.client_id)
        ? "" : item.code, seconds: item.params?.seconds ?? 0,
      pending: kept.pending.map((one) => one.client_id === item.client_id
        ? { ...one, state: "failed", code: item.code, params: item.params } : one) };
""".replace("MOST", str(MOST_ROWS))

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
    if (asked || !kept.ahead?.length || !kept.roomId) return;
    asked = setTimeout(() => {
      asked = 0;
      const { ahead, roomId, rev, messages } = memory.getState();
      if (ahead?.length) refs.treno_catch_up?.(roomId, rev, messages[0]?.seq ?? 0);
    }, PATIENCE);
  });
  refs.treno_catch_up = (room_id, last_rev, first_seq) => CATCH_UP;
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
        .replace("CATCH_UP", tell(RoomState.catch_up, "{ room_id, last_rev, first_seq }"))
    )
    return ability(code)
