"""Merging: how what arrives changes what is held, in order of `seq` and without gaps.

Held is one stretch of the room, of at most 300 messages. What lies before it (`hasOlder`) or after
it (`hasNewer`) is fetched again when the reader comes near: beyond the stretch nothing is put.
"""

from treno_chat.domain.talk.messages import LONGEST_STRETCH
from treno_chat.web.browser.room.listed import STIR

# What is kept on the page; beyond that the far side is let go.
MOST_ROWS = LONGEST_STRETCH

PUT = """
// What was changed while it was on its way is owed to the message that came of it.
const without = (kept, said, room_id = kept.roomId) => {
  if (!kept.pending.length) return kept;
  const known = new Map(said.map((one) => [one.client_id, one]));
  const pending = kept.pending.filter((one) => !known.has(one.client_id));
  if (pending.length === kept.pending.length) return kept;
  const owed = kept.pending.flatMap(({ client_id, isAmended, text }) => {
    const one = known.get(client_id);
    return isAmended && one && !one.removed && one.body !== text.trim()
      ? [{ client_id, room_id, seq: one.seq, text, flying: 0 }] : [];
  });
  return { ...kept, pending, edits: owed.length ? [...kept.edits, ...owed] : kept.edits };
};
// Who wants the end and does not hold it is being brought the newest page.
const isLeaping = (kept) => kept.hasNewer && kept.isAtEnd;
const put = (old, item) => {
  if (item.kind === "stub") return old;
  // While leaping, a bubble stays until the page that settles it is there.
  const kept = isLeaping(old) ? old : without(old, [item]);
  let place = kept.messages.length;
  while (place > 0 && kept.messages[place - 1].seq >= item.seq) place -= 1;
  const isKnown = kept.messages[place]?.seq === item.seq;
  if (isKnown && kept.messages[place].rev >= item.rev) return kept;
  const isNews = !isKnown && item.seq > kept.seq && !item.removed && item.by?.id !== kept.me;
  const heard = kept.heard + (isNews ? 1 : 0);
  const unseen = kept.unseen + (isNews && !kept.isAtEnd ? 1 : 0);
  const isBefore = !isKnown && place === 0 && kept.hasOlder && kept.messages.length > 0;
  const isBeyond = !isKnown && place === kept.messages.length && kept.hasNewer;
  if (isBefore || isBeyond) return { ...kept, heard, unseen };
  const messages = kept.messages.slice();
  messages.splice(place, isKnown ? 1 : 0, item);
  return { ...kept, messages, heard, unseen };
};
const reach = (kept, rev) => {
  if (!rev || rev <= kept.rev) return kept;
  const ahead = new Set([...kept.ahead, rev]);
  let reached = kept.rev;
  while (ahead.delete(reached + 1)) reached += 1;
  return { ...kept, rev: reached, ahead: [...ahead] };
};
const through = (kept, item) => ({
  ...kept,
  rev: Math.max(kept.rev, item.through_rev),
  seq: Math.max(kept.seq, item.through_seq),
  ahead: kept.ahead.filter((rev) => rev > item.through_rev),
});
"""

PAGES = """
// A page may be older than what arrived while it was on its way: that is merged once more.
const paged = (kept) => kept.late.reduce(merge,
  { ...kept, late: [], fetching: "", pages: kept.pages + 1 });
// Of what came since the reader was heard of, they may have heard some while this was on its way.
const unheard = (kept, item, count) => {
  const said = [...kept.messages, ...kept.late.filter((one) => one.kind === "new")];
  const known = said.filter((one) => one.seq > item.heard_seq && one.seq <= item.through_seq
    && !one.removed && one.by?.id !== kept.me);
  return Math.max(0, count - new Set(known.map((one) => one.seq)).size);
};
// Who leaps to the end keeps the divider where it is, however far up; one whose words were read
// makes way for the next, which may be before this page as well.
const start = (kept, item) => {
  const isUnread = (one) => one.seq > item.last_read && !one.removed && one.by?.id !== kept.me;
  const unread = item.first_unread || (item.messages.find(isUnread)?.seq ?? 0);
  const isRead = kept.firstUnread <= item.last_read;
  const news = unheard(kept, item, item.missed ?? 0);
  return paged(through({ ...without(kept, item.messages), messages: item.messages, rev: 0, seq: 0,
    ahead: [], unseen: item.news, isAtEnd: kept.isAtEnd && !item.has_newer,
    heard: kept.heard + news, missed: kept.missed + news,
    firstUnread: (isRead && unread) || kept.firstUnread, readSeq: item.last_read,
    hasOlder: item.has_older, hasNewer: item.has_newer, isLoading: false }, item));
};
// Too much happened while the reader was far up: what they hold is as it is now, and stays there.
const stretch = (kept, item) => {
  const news = unheard(kept, item, item.news);
  return paged(through({ ...without(kept, item.messages), messages: item.messages, rev: 0,
    heard: kept.heard + news, missed: kept.missed + news, unseen: kept.unseen + news,
    hasNewer: item.has_newer }, item));
};
const older = (kept, item) => {
  const first = kept.messages[0]?.seq ?? Infinity;
  const messages = [...item.messages.filter((one) => one.seq < first), ...kept.messages];
  return paged({ ...kept, messages: messages.slice(0, MOST), hasOlder: item.has_older,
    hasNewer: kept.hasNewer || messages.length > MOST });
};
const newer = (kept, item) => {
  const last = kept.messages.at(-1)?.seq ?? 0;
  const messages = [...kept.messages, ...item.messages.filter((one) => one.seq > last)];
  return paged({ ...kept, messages: messages.slice(-MOST), hasNewer: item.has_newer,
    hasOlder: kept.hasOlder || messages.length > MOST });
};
// What goes is what is farther from the reader.
const trim = (kept) => {
  const { messages, isHigh, isAtEnd } = kept;
  if (messages.length <= MOST) return kept;
  return isHigh && !isAtEnd ? { ...kept, messages: messages.slice(0, MOST), hasNewer: true }
    : { ...kept, messages: messages.slice(-MOST), hasOlder: true };
};
""".replace("MOST", str(MOST_ROWS))

ARRIVE = """
const gone = (kept, seqs) => {
  const removed = new Set(seqs);
  return { ...kept, messages: kept.messages.filter((one) => !removed.has(one.seq)) };
};
const people = (kept, item) => {
  const left = new Set(item.left ?? []);
  const joined = item.joined ?? [];
  const known = new Set(joined.map((one) => one.id));
  const people = item.people ??
    [...kept.people.filter((one) => !left.has(one.id) && !known.has(one.id)), ...joined];
  return { ...kept, people, count: item.count, counts: item.rooms ?? kept.counts };
};
const merge = (kept, item) => {
  switch (item.kind) {
    case "caught_up": {
      const merged = item.changes.reduce(put, kept);
      const missed = kept.missed + merged.heard - kept.heard;
      return through(gone({ ...merged, missed }, item.removed), item);
    }
    case "gone":
      return reach(gone(kept, item.seqs), item.rev);
    case "behind":
      return { ...kept, ahead: [...kept.ahead, item.through_rev] };
    case "people":
      return people(kept, item);
    case "stirred":
      return stir(kept, item);
    case "new": case "edit": case "stub": {
      const merged = reach(put(kept, item), item.rev);
      return { ...merged, seq: Math.max(merged.seq, item.seq) };
    }
    default:
      return kept;
  }
};
const arrive = (kept, item) => {
  switch (item.kind) {
    case "page": return start(kept, item);
    case "stretch": return stretch(kept, item);
    case "older": return kept.fetching === "older" ? older(kept, item) : kept;
    case "newer": return kept.fetching === "newer" ? newer(kept, item) : kept;
    case "refused": return { ...kept, fetching: "" };
  }
  const isAwaiting = kept.isLoading || kept.fetching || isLeaping(kept);
  const isOfRoom = ["new", "edit", "gone", "caught_up"].includes(item.kind);
  return merge(isAwaiting && isOfRoom ? { ...kept, late: [...kept.late, item] } : kept, item);
};
// A refusal that names its seconds heals by itself: the outbox waits for so long, then goes on.
const refused = ({ code, params }) => params?.seconds
  ? { state: "waiting", seconds: params.seconds, until: performance.now() + params.seconds * 1000 }
  : { state: "failed", code };
// Of several changes of one message the last counts; refused, its words are given back. That the
// message itself was stored settles none: its own packet may have come before that was told.
const answered = (kept, item) => {
  const isMeant = (one) => item.ok ? item.is_change && one.client_id === item.client_id
    : one.seq === item.seq;
  const change = kept.edits.find(isMeant);
  if (!change) return kept;
  const others = kept.edits.filter((one) => one !== change);
  if (change.flying > 1)
    return { ...kept, edits: [...others, { ...change, flying: change.flying - 1 }] };
  return { ...kept, edits: others, back: item.ok ? kept.back : [...kept.back, change] };
};
const settle = (old, item) => {
  const kept = answered(old, item);
  // Said in one room, answered in another: it is not shown there.
  if (item.ok) return item.room_id && item.room_id !== kept.roomId
    ? without(kept, [item], item.room_id) : arrive(kept, { ...item, kind: "new" });
  // What concerns no message may have been the answer to what was to be fetched.
  const fetching = item.client_id || item.seq ? kept.fetching : "";
  return { ...kept, fetching, notice: item.client_id ? "" : item.code,
    seconds: item.params?.seconds ?? 0,
    reference: item.params?.reference ?? "",
    pending: kept.pending.map((one) => one.client_id === item.client_id
      ? { ...one, ...refused(item) } : one) };
};
"""

MERGE = PUT + PAGES + STIR + ARRIVE
