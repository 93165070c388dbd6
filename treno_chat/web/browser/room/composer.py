"""The composer: Enter and Shift+Enter, input methods, a counter near the limit, lasting drafts."""

import reflex as rx

from treno_chat.domain.talk.messages import MAX_GRAPHEMES
from treno_chat.web.browser.hooks import ability, tell
from treno_chat.web.states.room import RoomState

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
  const stopEditing = () => {
    const text = field();
    memory.setState({ editing: 0, notice: "" });
    text.value = "";
    noted("");
    fit(text);
  };
  refs.treno_edit = (seq) => {
    const { messages, me } = memory.getState();
    const one = messages.find((message) => message.seq === seq && message.by?.id === me);
    const text = field();
    if (!one?.body || !text) return;
    memory.setState({ editing: seq });
    text.value = one.body;
    noted(one.body);
    fit(text);
    text.focus();
  };
  refs.treno_stop_editing = stopEditing;
  let isEager = false;
  let edited = null;
  const submit = () => {
    const text = field();
    if (!text || left(text.value) < 0 || memory.getState().pause) return;
    // Sent before the page knows which room this is: it goes as soon as it does.
    isEager = !memory.getState().roomId;
    if (isEager) return;
    const { editing: seq, roomId: room_id } = memory.getState();
    const said = text.value;
    if (seq && said.trim()) { EDIT_EVENT; edited = { seq, said }; stopEditing(); }
    else if (refs.treno_outbox.send(said)) { text.value = ""; noted(""); fit(text); }
    text.focus();
    refs.treno_to_end?.();
  };
  // An edit that is refused gives the words back, unless others are being written by now.
  const answered = (item) => {
    if (item.kind === "edit" && item.seq === edited?.seq) edited = null;
    if (item.ok !== false || item.client_id || !edited || field()?.value) return;
    refs.treno_edit(edited.seq);
    field().value = edited.said;
    noted(edited.said);
    edited = null;
  };
  const heard = (refs.treno_heard ??= new Set());
  heard.add(answered);
  const onKey = (event) => {
    if (event.target?.id !== "TEXT_ID") return;
    const kept = memory.getState();
    if (event.key === "Escape" && kept.editing) stopEditing();
    if (event.key === "ArrowUp" && !event.target.value) {
      const last = kept.messages.findLast((one) => one.by?.id === kept.me && !one.removed);
      if (last) { event.preventDefault(); refs.treno_edit(last.seq); }
    }
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
    text.value = [sessionStorage.getItem(shelf()), typed].filter(Boolean).join(" ");
    noted(text.value);
    fit(text);
    if (isEager) submit();
  });
  document.addEventListener("keydown", onKey);
  document.addEventListener("input", onInput);
  document.addEventListener("submit", onSubmit);
  document.addEventListener("pointerdown", onDown);
  return () => {
    restore();
    heard.delete(answered);
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
        .replace("EDIT_EVENT", tell(RoomState.edit, "{ room_id, seq, text: said }"))
    )
    return ability(code)
