"""Where one asks: Enter and Shift+Enter, a counter near the limit, and a draft a conversation."""

import reflex as rx

from treno_chat.domain.talk.messages import MAX_GRAPHEMES
from treno_chat.web.browser.assistant.desk import ability

COMPOSER_ID = "assistant-composer"
TEXT_ID = "assistant-text"

CODE = """
useEffect(() => {
  const graphemes = new Intl.Segmenter();
  const field = () => document.getElementById("TEXT_ID");
  const shelf = ({ user, conversation }) => "treno.ask." + user + "." + conversation;
  const left = (text) => text.length < MOST / 2 ? MOST
    : MOST - [...graphemes.segment(text.trim())].length;
  const fit = (text) => {
    if (CSS.supports("field-sizing", "content")) return;
    text.style.height = "auto";
    text.style.height = Math.min(text.scrollHeight + 3, 160) + "px";
  };
  const noted = (text) => {
    const kept = desk.getState();
    if (left(text) !== kept.left) desk.setState({ left: left(text) });
    if (!kept.user) return;
    if (text) sessionStorage.setItem(shelf(kept), text);
    else sessionStorage.removeItem(shelf(kept));
  };
  const put = (text) => { field().value = text; noted(text); fit(field()); };
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
  const isTouch = () => matchMedia("(pointer: coarse)").matches
    && !matchMedia("(any-pointer: fine)").matches;
  const onKey = (event) => {
    if (event.target?.id !== "TEXT_ID" || event.key !== "Enter") return;
    if (event.shiftKey || event.isComposing || event.keyCode === 229 || isTouch()) return;
    event.preventDefault();
    submit();
  };
  const onInput = (event) => {
    if (event.target?.id !== "TEXT_ID") return;
    noted(event.target.value);
    fit(event.target);
  };
  const onSubmit = (event) => {
    if (event.target?.id !== "COMPOSER_ID") return;
    event.preventDefault();
    submit();
  };
  // A tap on Send must not close the phone's keyboard: the focus never leaves the field.
  const onDown = (event) => {
    if (event.target?.closest?.("#COMPOSER_ID button")) event.preventDefault();
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
  document.addEventListener("keydown", onKey);
  document.addEventListener("input", onInput);
  document.addEventListener("submit", onSubmit);
  document.addEventListener("pointerdown", onDown);
  return () => {
    restore();
    document.removeEventListener("keydown", onKey);
    document.removeEventListener("input", onInput);
    document.removeEventListener("submit", onSubmit);
    document.removeEventListener("pointerdown", onDown);
  };
}, [])
"""


def composer() -> rx.Var[object]:
    """Turn what is typed into questions."""
    return ability(
        CODE.replace("TEXT_ID", TEXT_ID)
        .replace("COMPOSER_ID", COMPOSER_ID)
        .replace("MOST", str(MAX_GRAPHEMES))
    )
