"""What arrives while the page is open: said here, at another screen of mine, or by staff."""

import reflex as rx

from treno_chat.web.asides import Asides
from treno_chat.web.browser.assistant.desk import ability

# No word of an answer for so long, and it counts as not coming.
PATIENCE_MS = 20_000

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
  // Asked at another screen of mine, or here and heard of first: an answer is waited for.
  const theirs = (question, conversation) => {
    clearTimeout(timers.get(question));
    timers.set(question, setTimeout(() => over(question), PATIENCE));
    if (!desk.getState().asking[question])
      desk.setState((kept) => ({
        asking: { ...kept.asking, [question]: { conversation, isMine: false } } }));
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
        theirs(one.id, one.conversation_id);
      } else {
        over(one.answers);
      }
      refs.treno_assistant.say(one);
    },
    grew: ({ conversation_id, question_id, text }) => {
      if (!desk.getState().asking[question_id]?.isMine) theirs(question_id, conversation_id);
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


def hearing() -> rx.Var[object]:
    """Merge what arrives for this person alone."""
    code = HEARING.replace("ASIDES", Asides.get_full_name())
    return ability(code.replace("PATIENCE", str(PATIENCE_MS)))
