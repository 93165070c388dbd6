"""The list is fetched here: its pages, what is sought, and what changes in it meanwhile."""

import reflex as rx

from treno_chat.web.browser.assistant.calls import CALL
from treno_chat.web.browser.assistant.desk import ability

LIST_ID = "conversations"
SEARCH_ID = "assistant-search"
PAUSE_MS = 250

CODE = """
useEffect(() => {
CALL
  const newestFirst = (one, two) => Date.parse(two.updated_at) - Date.parse(one.updated_at);
  const asked = (cursor) => {
    const { sought, which } = desk.getState();
    const wish = new URLSearchParams({ limit: "30" });
    if (sought) wish.set("query", sought);
    if (which !== "all") wish.set("filter", which);
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
    const isAll = !kept.sought && kept.which === "all";
    const others = kept.listed.filter(({ id }) => id !== one.id);
    // What was sought stays as it was found.
    if (!isAll) return { title };
    return { title, listed: [one, ...others].sort(newestFirst) };
  });
  const removed = (id) => desk.setState((kept) => ({
    listed: kept.listed.filter((one) => one.id !== id),
    pending: kept.pending.filter((one) => one.conversation !== id),
  }));
  let pause = 0;
  const onInput = (event) => {
    if (event.target?.id !== "SEARCH") return;
    const sought = event.target.value.trim();
    clearTimeout(pause);
    pause = setTimeout(() => { desk.setState({ sought }); list(); }, PAUSE);
  };
  document.addEventListener("input", onInput);
  Object.assign(refs.treno_assistant ??= {}, { list, changed, removed });
  return () => { clearTimeout(pause); document.removeEventListener("input", onInput); };
}, [])
"""


def shelf() -> rx.Var[object]:
    """Keep the list of conversations."""
    code = CODE.replace("CALL", CALL).replace("SEARCH", SEARCH_ID)
    return ability(code.replace("PAUSE", str(PAUSE_MS)))
