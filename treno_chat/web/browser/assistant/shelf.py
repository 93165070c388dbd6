"""The list is fetched here: its pages, what is sought, and what changes in it meanwhile."""

import reflex as rx

from treno_chat.domain.assistant.searching import LAST
from treno_chat.web.browser.assistant.calls import CALL
from treno_chat.web.browser.assistant.desk import ability
from treno_chat.web.browser.assistant.turns import TELLING

LIST_ID = "conversations"
SEARCH_ID = "assistant-search"
SINCE_ID = "assistant-since"
PAUSE_MS = 250

CODE = r"""
useEffect(() => {
CALL
  TELLING
  const DAY = 86_400_000;
  const newestFirst = (one, two) => Date.parse(two.updated_at) - Date.parse(one.updated_at);
  const asked = (cursor) => {
    const { sought, which, days } = desk.getState();
    const wish = new URLSearchParams({ limit: "30" });
    if (sought) wish.set("query", sought);
    if (which !== "all") wish.set("filter", which);
    if (days) wish.set("since", new Date(Date.now() - days * DAY).toISOString());
    if (cursor) wish.set("cursor", cursor);
    return "/conversations?" + wish;
  };
  let latest = 0;
  // Of several answers the one that was asked for last counts.
  const list = async (cursor = null) => {
    const turn = latest += 1;
    try {
      const page = await call("GET", asked(cursor));
      if (turn !== latest) return;
      desk.setState((kept) => ({ listed: cursor ? [...kept.listed, ...page.items] : page.items,
        more: page.next, isListed: true, isListLost: false }));
    } catch {
      if (turn === latest) desk.setState({ isListed: true, isListLost: true });
    }
  };
  const changed = (one) => desk.setState((kept) => {
    const title = kept.conversation === one.id ? one.title : kept.title;
    const isAll = !kept.sought && kept.which === "all" && !kept.days;
    const others = kept.listed.filter(({ id }) => id !== one.id);
    // What was sought stays as it was found.
    if (!isAll) return { title };
    const last = kept.listed.find(({ id }) => id === one.id)?.last;
    return { title, listed: [{ last, ...one }, ...others].sort(newestFirst) };
  });
  // What was said last stands below the title; what is rated may be from long before.
  const last = ({ conversation_id: id, content, timestamp }) => desk.setState((kept) => ({
    listed: kept.listed.map((one) =>
      one.id === id && Date.parse(timestamp) >= Date.parse(one.updated_at)
        ? { ...one, last: withoutMarks(content).replaceAll(/\s+/g, " ").slice(0, LAST) } : one),
  }));
  const removed = (id) => desk.setState((kept) => ({
    listed: kept.listed.filter((one) => one.id !== id),
    pending: kept.pending.filter((one) => one.conversation !== id),
  }));
  let pause = 0;
  const onInput = (event) => {
    if (event.target?.id === "SINCE") { desk.setState({ days: +event.target.value }); list(); }
    if (event.target?.id !== "SEARCH") return;
    const sought = event.target.value.trim();
    clearTimeout(pause);
    pause = setTimeout(() => { desk.setState({ sought }); list(); }, PAUSE);
  };
  document.addEventListener("input", onInput);
  Object.assign(refs.treno_assistant ??= {}, { list, changed, removed, last });
  return () => { clearTimeout(pause); document.removeEventListener("input", onInput); };
}, [])
"""


def shelf() -> rx.Var[object]:
    """Keep the list of conversations."""
    code = CODE.replace("CALL", CALL).replace("TELLING", TELLING).replace("SEARCH", SEARCH_ID)
    code = code.replace("LAST", str(LAST)).replace("SINCE", SINCE_ID)
    return ability(code.replace("PAUSE", str(PAUSE_MS)))
