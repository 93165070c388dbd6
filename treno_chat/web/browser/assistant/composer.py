"""Where one asks: what is written becomes a question, and each conversation keeps its draft."""

import reflex as rx

from treno_chat.web.browser.assistant.desk import ability
from treno_chat.web.browser.writing import writing

COMPOSER_ID = "assistant-composer"
TEXT_ID = "assistant-text"

CODE = """
useEffect(() => {
  const shelf = ({ user, conversation }) => "treno.ask." + user + "." + conversation;
  const noted = (text) => {
    const kept = desk.getState();
    if (left(text) !== kept.left) desk.setState({ left: left(text) });
    if (!kept.user) return;
    if (text) sessionStorage.setItem(shelf(kept), text);
    else sessionStorage.removeItem(shelf(kept));
  };
WRITING
  const submit = () => {
    const text = field();
    if (!text || left(text.value) < 0) return;
    const kept = desk.getState();
    if (refs.treno_assistant.ask(text.value)) {
      sessionStorage.removeItem(shelf(kept));
      put("");
    }
    text.focus();
  };
  // Another conversation, another draft; one that was just begun takes what is typed along.
  const restore = desk.subscribe((kept, old) => {
    if (!kept.user || !kept.isTurned) return;
    if (kept.conversation === old.conversation && kept.isTurned === old.isTurned) return;
    const isBegun = kept.pending.some((one) => one.conversation === kept.conversation);
    requestAnimationFrame(() => {
      const text = field();
      if (!text) return;
      if (isBegun) {
        sessionStorage.removeItem(shelf(old));
        put(text.value);
        return;
      }
      const typed = old.isTurned ? "" : text.value;
      put([sessionStorage.getItem(shelf(desk.getState())), typed].filter(Boolean).join(" "));
    });
  });
  const stop = writing();
  return () => { restore(); stop(); };
}, [])
"""


def composer() -> rx.Var[object]:
    """Turn what is typed into questions."""
    return ability(CODE.replace("WRITING", writing(text_id=TEXT_ID, form_id=COMPOSER_ID)))
