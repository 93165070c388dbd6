"""The rows: what the list shows of the feed. Days, groups of five minutes, links, large emoji."""

import json
from dataclasses import dataclass, field

import reflex as rx
from reflex_base.utils.imports import ImportVar

from treno_chat.domain.seals import Ink, Shape
from treno_chat.web.browser.hooks import ability
from treno_chat.web.browser.regions import LOCALE
from treno_chat.web.cards import PREVIEW_LENGTH
from treno_chat.web.faces import Face

GROUP_MINUTES = 5
LINKIFY = "linkifyjs@4.4.0"


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """A piece of a body: text, or a link when `href` says where to."""

    text: str = ""
    href: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Row(Face):
    """One line of the list: a day, the divider, a line of the room's own, or somebody's words."""

    key: str = ""
    kind: str = ""
    label: str = ""
    css: str = ""
    seq: int = 0
    client_id: str = ""
    is_mine: bool = False
    is_lead: bool = False
    is_tail: bool = False
    is_big: bool = False
    is_edited: bool = False
    is_staff: bool = False
    has_account: bool = False
    author_id: str = ""
    number: str = ""
    parts: list[Part] = field(default_factory=list[Part])
    time: str = ""
    iso: str = ""
    full: str = ""
    state: str = ""
    has_state: bool = False
    code: str = ""
    seconds: int = 0


# What domain/seals.py makes of the number that stands for a seal on the wire.
SEAL = f"""
const shapes = {json.dumps(list(Shape))};
const inks = {json.dumps(list(Ink))};
const seal = (mark) => mark === undefined ? ["", "petrol", ""] : [
  shapes[mark % shapes.length],
  inks[Math.floor(mark / shapes.length) % inks.length],
  String(Math.floor(mark / shapes.length / inks.length)).padStart(2, "0"),
];
"""

DERIVE = r"""
useEffect(() => {
  const locale = LOCALE;
  const seen = new Map();
  const emoji = /^(?:\p{RGI_Emoji}|\s){1,12}$/v;
  const clocks = {};
  const clock = (zone) => clocks[zone] ??= {
    time: new Intl.DateTimeFormat(locale, { hour: "numeric", minute: "2-digit", timeZone: zone }),
    day: new Intl.DateTimeFormat(locale,
      { weekday: "long", day: "numeric", month: "long", timeZone: zone }),
    full: new Intl.DateTimeFormat(locale,
      { dateStyle: "full", timeStyle: "short", timeZone: zone }),
  };
  const parts = (body) => {
    const found = find(body, "url").filter((one) => /^https?:\/\//i.test(one.value));
    const pieces = [];
    let from = 0;
    for (const { start, end, href } of found) {
      if (start > from) pieces.push({ text: body.slice(from, start), href: "" });
      pieces.push({ text: body.slice(start, end), href });
      from = end;
    }
    if (from < body.length) pieces.push({ text: body.slice(from), href: "" });
    return pieces;
  };
  const same = (one, two) => Object.keys(two).every((key) => key === "parts"
    ? JSON.stringify(one.parts) === JSON.stringify(two.parts) : Object.is(one[key], two[key]));
  const keep = (row) => {
    const known = seen.get(row.key);
    if (known && same(known, row)) return known;
    seen.set(row.key, row);
    return row;
  };
  const isGroup = (one, two) => one && two && one.by && two.by && !one.removed && !two.removed
    && !one.line && !two.line && one.by.id === two.by.id
    && two.at - one.at < GROUP_MS;
  SEAL
  const blank = BLANK_ROW;
  const word = (one, before, after, kept, tell) => {
    const [shape, ink, number] = seal(one.by?.seal);
    const mine = one.by?.id === kept.me;
    const lead = !isGroup(before, one);
    const tail = !isGroup(one, after);
    // What waits, waits for the line, for its turn at the server's pace, or hardly at all.
    const turn = kept.pause ? "queued" : "sending";
    const state = one.state === "waiting" && kept.link !== "down" ? turn : one.state ?? "sent";
    return { ...blank, key: mine ? "c" + one.client_id : "m" + one.seq,
      kind: one.left ? "left" : one.removed ? "removed" : one.line || "word",
      css: "msg" + (mine ? " mine" : "") + (lead ? "" : " more") + (tail ? "" : " before"),
      seq: one.seq ?? 0, client_id: one.client_id, is_mine: mine, is_lead: lead, is_tail: tail,
      is_big: !!one.body && emoji.test(one.body), is_edited: !!one.edited,
      is_staff: !!one.by?.is?.includes("s"), has_account: !!one.by?.is?.includes("a"),
      author_id: one.by?.id ?? "", alias: one.by?.alias ?? "", gender: one.by?.gender ?? "",
      shape, ink,
      number: kept.twins.includes(one.by?.alias) ? number : "",
      parts: parts(one.body ?? ""), time: tell.time.format(one.at),
      iso: new Date(one.at).toISOString(), full: tell.full.format(one.at),
      state, has_state: tail || ["waiting", "queued", "failed"].includes(state),
      code: one.code ?? "", seconds: one.seconds ?? 0 };
  };
  const derive = (kept) => {
    const tell = clock(kept.zone || "UTC");
    const mine = kept.pending.filter((one) => one.room_id === kept.roomId)
      .map((one) => ({ ...one, by: { id: kept.me }, body: one.text }));
    const changes = new Map(kept.edits.map((one) => [one.client_id, one.text]));
    const held = !changes.size ? kept.messages : kept.messages.map((one) =>
      one.by?.id === kept.me && changes.has(one.client_id)
        ? { ...one, body: changes.get(one.client_id), state: "waiting" } : one);
    const all = [...held, ...mine];
    const rows = [];
    let day = "";
    all.forEach((one, at) => {
      const date = tell.day.format(one.at);
      const today = date[0].toLocaleUpperCase(locale) + date.slice(1);
      if (today !== day) rows.push(keep({ ...blank, key: "d" + today, kind: "day", label: today }));
      const isFirstUnread = one.seq && one.seq === kept.firstUnread;
      if (isFirstUnread) rows.push(keep({ ...blank, key: "divider", kind: "divider" }));
      const before = today === day && !isFirstUnread ? all[at - 1] : undefined;
      day = today;
      rows.push(keep(word(one, before, all[at + 1], kept, tell)));
    });
    return rows;
  };
  // What the list of rooms says of the one that is open.
  const lastSaid = ({ messages, hasNewer }) => {
    const last = messages.findLast((one) => one.body && !one.removed);
    if (!last || hasNewer) return "";
    return (last.by ? last.by.alias + ": " : "") + last.body.slice(0, LAST);
  };
  const refresh = (kept, old) => {
    if (old && kept.messages === old.messages && kept.pending === old.pending
      && kept.edits === old.edits && kept.me === old.me && kept.roomId === old.roomId
      && kept.firstUnread === old.firstUnread && kept.zone === old.zone && kept.twins === old.twins
      && (!(kept.pending.length || kept.edits.length)
        || kept.link === old.link && !kept.pause === !old.pause)) return;
    const rows = derive(kept);
    const shown = new Set(rows.map((row) => row.key));
    for (const key of seen.keys()) if (!shown.has(key)) seen.delete(key);
    memory.setState({ rows, lastSaid: lastSaid(kept) });
  };
  refresh(memory.getState());
  return memory.subscribe(refresh);
}, [])
"""


def rows() -> rx.Var[object]:
    """Keep the rows in step with the feed; a row that did not change keeps its identity."""
    blank = rx.Var.create(Row())
    code = DERIVE.replace("GROUP_MS", str(GROUP_MINUTES * 60_000)).replace("BLANK_ROW", str(blank))
    code = code.replace("LAST", str(PREVIEW_LENGTH)).replace("LOCALE", LOCALE)
    return ability(code.replace("SEAL", SEAL), imports={LINKIFY: [ImportVar(tag="find")]})
