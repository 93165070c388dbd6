"""The composer: Enter and Shift+Enter, input methods, a counter near the limit, lasting drafts."""

import reflex as rx

from treno_chat.domain.talk.messages import MAX_GRAPHEMES
from treno_chat.web.browser.hooks import ability

COMPOSER_ID = "composer"
TEXT_ID = "composer-text"

CODE = """
useEffect(() => {
  const shelf = () => "treno.draft." + memory.getState().me + "." + memory.getState().roomId;
  const graphemes = new Intl.Segmenter();
  const field = () => document.getElementById("TEXT_ID");
  const left = (text) => text.length < MOST / 2 ? MOST
    : MOST - [...graphemes.segment(text.trim())].length;
  const noted = (text) => {
    memory.setState({ draft: text, left: left(text) });
    if (memory.getState().editing || !memory.getState().roomId) return;
    if (text) sessionStorage.setItem(shelf(), text); else sessionStorage.removeItem(shelf());
  };
  const fit = (text) => {
    if (CSS.supports("field-sizing", "content")) return;
    text.style.height = "auto";
    text.style.height = Math.min(text.scrollHeight + 3, 160) + "px";
  };
  const show = (words) => {
    const text = field();
    if (!text) return;
    text.value = words;
    noted(words);
    fit(text);
  };
  const draft = () => sessionStorage.getItem(shelf()) ?? "";
  refs.treno_field = { show, draft, focus: () => field()?.focus() };
  let isEager = false;
  const submit = () => {
    const text = field();
    const { editing, pause } = memory.getState();
    if (!text || left(text.value) < 0 || (pause && !editing)) return;
    // Sent before the page knows which room this is: it goes as soon as it does.
    isEager = !memory.getState().roomId;
    if (isEager) return;
    if (editing) refs.treno_editing.submit(text.value);
    else if (refs.treno_outbox.send(text.value)) show("");
    text.focus();
    if (!editing) refs.treno_to_end?.();
  };
  const onKey = (event) => {
    if (event.target?.id !== "TEXT_ID") return;
    if (event.key === "Escape" && memory.getState().editing) refs.treno_editing.stop();
    if (event.key === "ArrowUp" && !event.target.value && refs.treno_editing.last())
      event.preventDefault();
    if (event.key !== "Enter") return;
    const isTouch = matchMedia("(pointer: coarse)").matches
      && !matchMedia("(any-pointer: fine)").matches;
    if (event.shiftKey || event.isComposing || event.keyCode === 229 || isTouch) return;
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
  const restore = memory.subscribe((kept, old) => {
    const isNew = kept.roomId !== old.roomId || kept.me !== old.me;
    const text = field();
    if (!isNew || !kept.me || !kept.roomId || !text) return;
    // What was typed before the room was known stays, behind an older draft.
    const typed = old.roomId ? "" : text.value;
    memory.setState({ editing: "" });
    show([draft(), typed].filter(Boolean).join(" "));
    if (isEager) submit();
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
    """Turn what is typed into messages of the outbox."""
    code = (
        CODE.replace("TEXT_ID", TEXT_ID)
        .replace("COMPOSER_ID", COMPOSER_ID)
        .replace("MOST", str(MAX_GRAPHEMES))
    )
    return ability(code)
