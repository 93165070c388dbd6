"""Editing one's own words in place: those that were sent, and those that still wait.

A change waits for the line as a message does, through a reload too. Saying the same change again is
harmless: whatever was under way when the line broke is said once more.
"""

import reflex as rx

from treno_chat.web.browser.hooks import ability, tell
from treno_chat.web.states.room import RoomState

CODE = """
useEffect(() => {
  // What waits for the line, and what was refused and waits for the field.
  const waiting = ["edits", "back"];
  const shelf = (name) => "treno." + name + "." + memory.getState().me;
  const read = (name) => JSON.parse(sessionStorage.getItem(shelf(name)) ?? "[]");
  const changed = (client_id) =>
    memory.getState().edits.find((one) => one.client_id === client_id)?.text;
  const find = (client_id) => {
    const { messages, pending, me } = memory.getState();
    const waits = pending.find((one) => one.client_id === client_id);
    if (waits) return { words: waits.text, seq: 0 };
    const sent = messages.find((one) => one.client_id === client_id && one.by?.id === me);
    return sent?.body ? { words: changed(client_id) ?? sent.body, seq: sent.seq } : null;
  };
  // Where the message was when its words were taken into the field; it may have moved on since.
  let seq = 0;
  const begin = (client_id, given) => {
    const one = given ?? find(client_id);
    if (!one) return;
    seq = one.seq;
    memory.setState({ editing: client_id });
    refs.treno_field.show(one.words);
    refs.treno_field.focus();
  };
  const stop = () => {
    memory.setState({ editing: "", notice: "" });
    refs.treno_field.show(refs.treno_field.draft());
  };
  const last = () => {
    const { messages, pending, me, roomId } = memory.getState();
    const mine = [...messages.filter((one) => one.by?.id === me && !one.removed),
      ...pending.filter((one) => one.room_id === roomId)].at(-1);
    if (mine) begin(mine.client_id);
    return !!mine;
  };
  const submit = (text) => {
    const { editing: client_id, roomId: room_id } = memory.getState();
    const one = find(client_id) ?? { seq, isGone: !seq };
    if (!text.trim()) return;
    stop();
    // Taken back meanwhile: the words stay, for whatever they are good for.
    if (one.isGone) { refs.treno_field.show(text); return; }
    if (!one.seq) refs.treno_outbox.amend(client_id, text);
    else memory.setState((kept) => {
      const before = kept.edits.find((edit) => edit.client_id === client_id);
      const edit = { client_id, room_id, seq: one.seq, text, flying: before?.flying ?? 0,
        isNew: true };
      return { edits: [...kept.edits.filter((other) => other !== before), edit] };
    });
  };
  const say = () => {
    const { edits, isReady } = memory.getState();
    const due = isReady ? edits.filter((one) => one.isNew || !one.flying) : [];
    if (!due.length) return;
    memory.setState({ edits: edits.map((one) => due.includes(one)
      ? { ...one, flying: one.flying + 1, isNew: false } : one) });
    for (const { room_id, seq, text } of due) EDIT;
  };
  const landed = (edits) => edits.map((one) => ({ ...one, flying: 0 }));
  // What was refused comes back into the field as soon as nothing else is being written there.
  const giveBack = () => {
    const { back, draft, editing, roomId } = memory.getState();
    const one = back.find(({ room_id }) => room_id === roomId);
    if (!one || draft || editing) return;
    memory.setState({ back: back.filter((other) => other !== one) });
    begin(one.client_id, { words: one.text, seq: one.seq });
  };
  let owner = "";
  const watch = memory.subscribe((kept, old) => {
    if (kept.me && kept.me !== owner) {
      owner = kept.me;
      const [edits, back] = waiting.map(read);
      if (edits.length || back.length) memory.setState({ edits: landed(edits), back });
    } else if (owner) {
      for (const name of waiting) if (kept[name] !== old[name])
        sessionStorage.setItem(shelf(name), JSON.stringify(kept[name]));
    }
    // Another line knows nothing of what the last one swallowed.
    if (old.isReady && !kept.isReady && kept.edits.length)
      memory.setState({ edits: landed(kept.edits) });
    if (kept.edits !== old.edits || kept.isReady !== old.isReady) say();
    const isChanged = (part) => kept[part] !== old[part];
    if (kept.back.length && ["back", "draft", "editing", "roomId"].some(isChanged))
      queueMicrotask(giveBack);
  });
  refs.treno_editing = { find, begin, stop, last, submit };
  return watch;
}, [])
"""


def editing() -> rx.Var[object]:
    """Let people change what they said, wherever it is by now."""
    return ability(CODE.replace("EDIT", tell(RoomState.edit, "{ room_id, seq, text }")))
