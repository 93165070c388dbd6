"""The composer: what is written goes to the outbox, what is not sent yet stays a lasting draft."""

import reflex as rx

from treno_chat.web.browser.hooks import ability
from treno_chat.web.browser.writing import writing

COMPOSER_ID = "composer"
TEXT_ID = "composer-text"

CODE = """
useEffect(() => {
  const shelf = () => "treno.draft." + memory.getState().me + "." + memory.getState().roomId;
  const noted = (text) => {
    memory.setState({ draft: text, left: left(text) });
    if (memory.getState().editing || !memory.getState().roomId) return;
    if (text) sessionStorage.setItem(shelf(), text); else sessionStorage.removeItem(shelf());
  };
  // What was left unsent in each room: read when one looks at the list, not with every letter.
  const leftBehind = () => {
    const { me } = memory.getState();
    const ours = "treno.draft." + me + ".";
    const found = Object.entries(sessionStorage).filter(([key]) => me && key.startsWith(ours));
    memory.setState({
      drafts: Object.fromEntries(found.map(([key, text]) => [key.slice(ours.length), text])) });
  };
WRITING
  const draft = () => sessionStorage.getItem(shelf()) ?? "";
  refs.treno_field = { show: put, draft, focus: () => field()?.focus() };
  let isEager = false;
  const submit = () => {
    const text = field();
    const { editing, pause } = memory.getState();
    if (!text || left(text.value) < 0 || (pause && !editing)) return;
    // Sent before the page knows which room this is: it goes as soon as it does.
    isEager = !memory.getState().roomId;
    if (isEager) return;
    if (editing) refs.treno_editing.submit(text.value);
    else if (refs.treno_outbox.send(text.value)) put("");
    text.focus();
    if (!editing) refs.treno_to_end?.();
  };
  const onKey = (event) => {
    if (event.key === "Escape" && memory.getState().editing) refs.treno_editing.stop();
    if (event.key === "ArrowUp" && !event.target.value && refs.treno_editing.last())
      event.preventDefault();
  };
  const fill = (typed) => {
    memory.setState({ editing: "" });
    put([draft(), typed].filter(Boolean).join(" "));
  };
  const restore = memory.subscribe((kept, old) => {
    const isNew = kept.roomId !== old.roomId || kept.me !== old.me;
    const text = field();
    if (isNew || (kept.sheet === "rooms" && kept.sheet !== old.sheet)) leftBehind();
    if (!isNew || !kept.me || !kept.roomId || !text) return;
    // What was typed before the room was known stays, behind an older draft.
    const typed = old.roomId ? "" : text.value;
    fill(typed);
    if (isEager) submit();
  });
  const stop = writing(onKey);
  leftBehind();
  // On a page that was opened from another one, the room is known already.
  if (memory.getState().roomId) fill("");
  return () => { restore(); stop(); };
}, [])
"""


def composer() -> rx.Var[object]:
    """Turn what is typed into messages of the outbox."""
    return ability(CODE.replace("WRITING", writing(text_id=TEXT_ID, form_id=COMPOSER_ID)))
