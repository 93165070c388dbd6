"""The turns of a conversation: each question with what became of it, whatever came in between."""

import reflex as rx

from treno_chat.web.browser.assistant.clocks import CLOCKS
from treno_chat.web.browser.assistant.desk import ability
from treno_chat.web.browser.assistant.shapes import Chip, Turn
from treno_chat.web.browser.regions import LOCALE

# Plain functions: what the API tells, put together and taken apart.
TELLING = r"""
const together = (said, more) => {
  const all = new Map(said.map((one) => [one.id, one]));
  for (const one of more) all.set(one.id, one);
  return [...all.values()].sort((one, two) => one.seq - two.seq);
};
const withMarks = (text, most, of) => {
  const pieces = [];
  let from = 0;
  const words = (to) => {
    if (to > from) pieces.push({ text: text.slice(from, to), mark: 0, of, is_found: false });
  };
  for (const found of text.matchAll(/\s*\[(\d{1,2})\]/g)) {
    const mark = Number(found[1]);
    if (mark < 1 || mark > most) continue;
    words(found.index);
    pieces.push({ text: "", mark, of, is_found: false });
    from = found.index + found[0].length;
  }
  words(text.length);
  return pieces;
};
// What the words do not name is near, and no source; without any mark nobody can tell.
const isNamed = (pieces) => {
  const marks = new Set(pieces.map(({ mark }) => mark).filter(Boolean));
  return ({ mark }) => marks.size === 0 || marks.has(mark);
};
const withoutMarks = (text) => text.replaceAll(/\s*\[\d{1,2}\]/g, "");
// An answer that was asked for anew stands in the place of the one before it; what staff say of a
// question stands where it was said.
const isOfStaff = (one) => one.engine === "staff";
const paired = (said) => {
  const questions = new Map(said.filter((one) => one.role === "user")
    .map((one) => [one.id, { question: one, answers: [] }]));
  return said.flatMap((one) => {
    if (one.role === "user") return [questions.get(one.id)];
    const asked = questions.get(one.answers);
    if (isOfStaff(one)) return [{ question: asked?.question ?? null, note: one, answers: [] }];
    asked?.answers.push(one);
    return asked ? [] : [{ question: null, answers: [one] }];
  });
};
"""

DERIVE = r"""
useEffect(() => {
  TELLING
  const lang = document.documentElement.lang || "it";
  const locale = LOCALE;
  CLOCKS
  let clocks = clocksOf(locale, desk.getState().zone);
  const when = (timestamp) => clocks.when(timestamp);
  const tenths = new Intl.NumberFormat(locale,
    { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const seen = new Map();
  const keep = (row) => {
    const drawn = JSON.stringify(row);
    const known = seen.get(row.key);
    if (known?.drawn === drawn) return known.row;
    seen.set(row.key, { drawn, row });
    return row;
  };
  const chip = (of) => (source, at) => ({ ...BLANK_CHIP, key: `${source.slug}.${at}`, of,
    mark: at + 1, title: source.title, snippet: source.snippet, slug: source.slug ?? "",
    language: source.language ?? "",
    other: source.language && source.language !== lang ? source.language : "" });
  const asked = (one, more) => ({ ...BLANK_TURN, ...when(one.timestamp), kind: "question",
    key: "q" + one.client_id, id: one.id, client_id: one.client_id,
    question: one.id, state: "sent", text: one.content, ...more });
  const told = (one) => {
    const pieces = withMarks(one.content, one.sources.length, one.id);
    const chips = one.sources.map(chip(one.id));
    const named = isNamed(pieces);
    return { pieces, chips: chips.filter(named), others: chips.filter((each) => !named(each)) };
  };
  const answered = (one, kept, earlier) => ({ ...BLANK_TURN, ...when(one.timestamp),
    kind: "answer", key: "a" + (one.answers ?? one.id), id: one.id, question: one.answers ?? "",
    state: one.status, text: one.content,
    ...told(one), trouble: kept.troubles[one.answers] ?? "",
    engine: one.engine ?? "",
    seconds: Number.isFinite(one.latency_ms)
      ? tenths.format(Math.max(one.latency_ms, 100) / 1000) : "",
    is_refusal: !!one.is_refusal, is_degraded: !!one.is_degraded,
    is_truncated: !!one.is_truncated, rating: one.rating ?? 0,
    is_handed: kept.said.some((other) => isOfStaff(other) && other.answers === one.answers),
    earlier: earlier.map((before) => withoutMarks(before.content)).filter(Boolean) });
  const coming = (question, kept) => {
    const text = kept.growing[question.id] ?? "";
    return { ...BLANK_TURN, kind: "answer", key: "a" + question.id, question: question.id,
      state: text ? "growing" : "waiting", text: withoutMarks(text) };
  };
  const silent = (question, kept) => ({ ...BLANK_TURN, kind: "answer", key: "a" + question.id,
    question: question.id, state: "silent", trouble: kept.troubles[question.id] ?? "" });
  const noted = (one, question, kept) => ({ ...answered(one, kept, []), kind: "staff",
    key: "s" + one.id, text: question?.content ?? "" });
  const turn = ({ question, note, answers }, kept) => {
    const last = answers.at(-1);
    if (note) return [noted(note, question, kept)];
    if (!question) return [answered(last, kept, [])];
    if (kept.asking[question.id]) return [asked(question), coming(question, kept)];
    const became = last ? answered(last, kept, answers.slice(0, -1)) : silent(question, kept);
    return [asked(question), became];
  };
  const derive = (kept) => {
    const waiting = kept.pending.filter((one) => one.conversation === kept.conversation);
    const own = waiting.map((one) => asked({ ...one, id: "", content: one.text,
      timestamp: one.at }, { state: one.state, trouble: one.trouble }));
    return [...paired(kept.said).flatMap((one) => turn(one, kept)), ...own].map(keep);
  };
  const parts = ["said", "pending", "asking", "growing", "troubles", "conversation", "zone"];
  const refresh = (kept, old) => {
    if (old && parts.every((part) => kept[part] === old[part])) return;
    if (kept.zone !== old?.zone) clocks = clocksOf(locale, kept.zone);
    const rows = derive(kept);
    if (kept.conversation !== old?.conversation) {
      const shown = new Set(rows.map((row) => row.key));
      for (const key of seen.keys()) if (!shown.has(key)) seen.delete(key);
    }
    desk.setState({ rows });
  };
  refresh(desk.getState());
  return desk.subscribe(refresh);
}, [])
"""


def turns() -> rx.Var[object]:
    """Keep the turns in step with what was said; one that did not change keeps its identity."""
    code = DERIVE.replace("TELLING", TELLING).replace("CLOCKS", CLOCKS).replace("LOCALE", LOCALE)
    code = code.replace("BLANK_TURN", str(rx.Var.create(Turn())))
    return ability(code.replace("BLANK_CHIP", str(rx.Var.create(Chip()))))
