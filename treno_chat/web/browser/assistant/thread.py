"""The conversation that is open: which the address names, what was said, what arrives in it."""

import reflex as rx
from reflex_base.utils.imports import ImportVar

from treno_chat.web.asides import Asides
from treno_chat.web.browser.assistant.calls import CALL
from treno_chat.web.browser.assistant.desk import ability
from treno_chat.web.browser.assistant.turns import TELLING
from treno_chat.web.browser.states import STATE_IMPORTS
from treno_chat.web.states.assistant import AssistantState

# Somebody else of mine asks: no word of the answer for so long, and it counts as not coming.
PATIENCE_MS = 20_000
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
  const turn = (wish) => {
    const conversation = wish === "new" ? "" : wish;
    const kept = desk.getState();
    desk.setState({ isThread: wish !== "", isTurned: true });
    if (kept.isTurned && kept.conversation === conversation) return;
    hush();
    refs.treno_assistant.toEnd();
    desk.setState({ conversation, title: "", said: [], older: null, isLoading: !!conversation,
      isMissing: false, isLost: false });
    if (conversation) load(conversation);
  };
  const say = (one) => desk.setState((kept) => kept.conversation === one.conversation_id
    ? { said: together(kept.said, [one]) } : {});
  Object.assign(refs.treno_assistant ??= {}, { turn, load, older, say });
  return () => clearTimeout(settling);
}, [])
"""

HEARING = """
useEffect(() => {
  const timers = new Map();
  const without = (map, key) => Object.fromEntries(
    Object.entries(map).filter(([name]) => name !== key));
  const over = (question) => {
    clearTimeout(timers.get(question));
    timers.delete(question);
    desk.setState((kept) => ({ asking: without(kept.asking, question),
      growing: without(kept.growing, question) }));
  };
  // Asked at another screen of mine: it is waited for here as well.
  const theirs = (question) => {
    clearTimeout(timers.get(question));
    timers.set(question, setTimeout(() => over(question), PATIENCE));
    if (!desk.getState().asking[question])
      desk.setState((kept) => ({ asking: { ...kept.asking, [question]: "theirs" } }));
  };
  const settle = (client_id) => {
    if (desk.getState().pending.some((one) => one.client_id === client_id))
      desk.setState((kept) => ({
        pending: kept.pending.filter((one) => one.client_id !== client_id) }));
  };
  const hears = {
    said: ({ utterance: one }) => {
      if (one.role === "user") {
        settle(one.client_id);
        if (!refs.treno_assistant.isMine(one.client_id)) theirs(one.id);
      } else {
        over(one.answers);
      }
      refs.treno_assistant.say(one);
    },
    grew: ({ question_id, text }) => {
      if (desk.getState().asking[question_id] !== "mine") theirs(question_id);
      desk.setState((kept) => ({ growing: { ...kept.growing, [question_id]: text } }));
    },
    conversation: ({ conversation }) => refs.treno_assistant.changed(conversation),
    conversation_gone: ({ conversation_id }) => {
      refs.treno_assistant.removed(conversation_id);
      if (desk.getState().conversation === conversation_id) refs.treno_assistant.leave();
    },
  };
  const stop = states.subscribe("ASIDES", () => {
    if (!desk.getState().user) return;
    for (const item of states.getSnapshot("ASIDES")?.batch_rx_state_ ?? [])
      hears[item.kind]?.(item);
  });
  Object.assign(refs.treno_assistant ??= {}, { over });
  return () => {
    stop();
    for (const timer of timers.values()) clearTimeout(timer);
  };
}, [states])
"""

# After the line was gone everything is read once more; what arrived meanwhile nobody heard.
TURNING = """
const whoAsks = useStateContext("ASSISTANT")
const asksAs = whoAsks.is_anonymous_rx_state_ ? "" : whoAsks.user_id_rx_state_
const isThere = useStateContext("reflex___state____state").is_hydrated_rx_state_
const place = useLocation()
const goTo = useNavigate()
const kindOfPlace = whoAsks.kind_rx_state_
useEffect(() => { if (kindOfPlace) memory.setState({ placeKind: kindOfPlace }); }, [kindOfPlace])
useEffect(() => {
  refs.treno_assistant.go = (path, options) => goTo(path, options);
  refs.treno_assistant.leave = () => goTo("/assistant", { replace: true });
}, [goTo])
useEffect(() => {
  if (!asksAs) return;
  if (desk.getState().user !== asksAs)
    desk.setState({ ...desk.getInitialState(), user: asksAs });
  const wish = decodeURIComponent(place.pathname.split("/").filter(Boolean)[1] ?? "");
  refs.treno_assistant.turn(wish);
}, [place.pathname, asksAs])
useEffect(() => {
  if (!asksAs || !isThere) return;
  const { conversation, said } = desk.getState();
  refs.treno_assistant.list();
  if (conversation && said.length) refs.treno_assistant.load(conversation);
}, [asksAs, isThere])
"""

ROUTER = {
    "react-router": [ImportVar(tag="useLocation"), ImportVar(tag="useNavigate")],
    **STATE_IMPORTS,
}


def thread() -> tuple[rx.Var[object], ...]:
    """Keep what was said, follow the address, and hear what arrives."""
    telling = THREAD.replace("CALL", CALL).replace("TELLING", TELLING)
    hearing = HEARING.replace("ASIDES", Asides.get_full_name())
    name = AssistantState.get_full_name()
    return (
        ability(telling.replace("SETTLE", str(SETTLE_MS))),
        ability(hearing.replace("PATIENCE", str(PATIENCE_MS))),
        ability(TURNING.replace("ASSISTANT", name), imports=ROUTER),
    )
