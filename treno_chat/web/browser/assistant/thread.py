"""The conversation that is open: what was said in it, fetched page by page."""

import reflex as rx

from treno_chat.web.browser.assistant.calls import CALL
from treno_chat.web.browser.assistant.desk import ability
from treno_chat.web.browser.assistant.scroll import LOG_ID
from treno_chat.web.browser.assistant.shelf import LIST_ID
from treno_chat.web.browser.assistant.turns import TELLING

SETTLE_MS = 1_000

THREAD = """
useEffect(() => {
CALL
  TELLING
  const at = (id) => `/conversations/${encodeURIComponent(id)}`;
  const here = (id) => desk.getState().conversation === id;
  // Old turns that come into a page are no news: nobody is read them aloud.
  let settling = 0;
  const hush = () => {
    clearTimeout(settling);
    desk.setState({ isHushed: true });
    settling = setTimeout(() => desk.setState({ isHushed: false }), SETTLE);
  };
  const first = (kept, page) => {
    const said = together([], page.items);
    const isTorn = page.next && kept.said.length && said[0].seq > kept.said.at(-1).seq + 1;
    if (isTorn || !kept.said.length) return { said, older: page.next };
    return { said: together(kept.said, said), older: kept.older };
  };
  const load = async (id) => {
    try {
      const [about, page] = await Promise.all([call("GET", at(id)),
        call("GET", at(id) + "/messages")]);
      if (!here(id)) return;
      hush();
      desk.setState((kept) => ({ ...first(kept, page), title: about.title, isLoading: false,
        isLost: false, isMissing: false }));
    } catch (error) {
      if (here(id)) desk.setState((kept) => ({ isLoading: false, isMissing: error.status === 404,
        isLost: error.status !== 404 && !kept.said.length }));
    }
  };
  const older = async () => {
    const { conversation, older: cursor, isFetching } = desk.getState();
    if (!cursor || isFetching) return;
    desk.setState({ isFetching: true });
    try {
      const wish = new URLSearchParams({ cursor });
      const page = await call("GET", `${at(conversation)}/messages?${wish}`);
      if (!here(conversation)) return;
      hush();
      refs.treno_assistant.hold();
      desk.setState((kept) => ({ said: together(kept.said, page.items), older: page.next }));
    } catch {
      // The button is still there.
    } finally {
      desk.setState({ isFetching: false });
    }
  };
  // On a phone the pane with the link that was followed is gone, and the focus with it.
  const show = (kept) => setTimeout(() => {
    refs.treno_assistant.follow();
    if (!kept.isTurned || document.activeElement !== document.body) return;
    document.getElementById(desk.getState().isThread ? "LOG" : "LIST")?.focus();
  });
  const turn = (wish) => {
    const conversation = wish === "new" ? "" : wish;
    const kept = desk.getState();
    desk.setState({ isThread: wish !== "", isTurned: true });
    show(kept);
    if (kept.isTurned && kept.conversation === conversation) return;
    hush();
    refs.treno_assistant.toEnd();
    desk.setState({ conversation, title: "", said: [], older: null, isLoading: !!conversation,
      isMissing: false, isLost: false });
    if (conversation) load(conversation);
  };
  const say = (one) => {
    refs.treno_assistant.last(one);
    desk.setState((kept) => kept.conversation === one.conversation_id
      ? { said: together(kept.said, [one]) } : {});
  };
  Object.assign(refs.treno_assistant ??= {}, { turn, load, older, say });
  return () => clearTimeout(settling);
}, [])
"""


def thread() -> rx.Var[object]:
    """Keep what was said in the conversation that is open."""
    code = THREAD.replace("CALL", CALL).replace("TELLING", TELLING)
    code = code.replace("SETTLE", str(SETTLE_MS))
    return ability(code.replace("LOG", LOG_ID).replace("LIST", LIST_ID))
