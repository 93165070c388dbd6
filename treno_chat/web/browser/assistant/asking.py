"""Asking: a question is on screen at once, stored before anybody answers, and never lost.

What is not stored yet waits in the tab for the line, through a reload too, in the order in which it
was asked; sending it again under the same `client_id` is harmless.
"""

import reflex as rx

from treno_chat.web.browser.assistant.calls import CALL
from treno_chat.web.browser.assistant.desk import ability

RETRY_MS = 4_000

ASKING = """
useEffect(() => {
CALL
  const at = (id) => `/conversations/${encodeURIComponent(id)}`;
  const shelf = () => "treno.asked." + desk.getState().user;
  const mark = (client_id, change) => desk.setState((kept) => ({
    pending: kept.pending.map((one) => one.client_id === client_id ? { ...one, ...change } : one),
  }));
  const about = (part, question, value) => desk.setState((kept) => {
    const { [question]: _, ...others } = kept[part];
    return { [part]: value === undefined ? others : { ...others, [question]: value } };
  });
  // One question at a time, in whichever conversation: the server answers each person one.
  const isBusy = () => {
    const { asking, pending } = desk.getState();
    return pending.some((one) => one.state === "sending")
      || Object.values(asking).some((one) => one.isMine);
  };
  const answer = async (conversation, question, again = false) => {
    about("troubles", question, undefined);
    about("asking", question, { conversation, isMine: true });
    try {
      const one = await call("POST", `${at(conversation)}/messages/${question}/reply`, { again });
      refs.treno_assistant.say(one);
    } catch (error) {
      about("troubles", question, troubleOf(error));
      // The line may have broken after the answer was kept.
      if (!error?.status) refs.treno_assistant.load(conversation);
    } finally {
      refs.treno_assistant.over(question);
    }
  };
  // A conversation is begun with its first question, and its address shown.
  const placeOf = async (one) => {
    if (one.conversation) return one.conversation;
    const begun = await call("POST", "/conversations", {});
    const isHere = desk.getState().conversation === "";
    // Whatever else waits there was asked in the same one.
    desk.setState((kept) => ({ pending: kept.pending.map((other) => other.conversation
      ? other : { ...other, conversation: begun.id }) }));
    refs.treno_assistant.changed(begun);
    if (isHere) {
      desk.setState({ conversation: begun.id, title: begun.title });
      refs.treno_assistant.go("/assistant/" + begun.id, { replace: true });
    }
    return begun.id;
  };
  const send = async (one) => {
    mark(one.client_id, { state: "sending", trouble: "" });
    try {
      const conversation = await placeOf(one);
      const question = await call("POST", at(conversation) + "/messages",
        { content: one.text, client_id: one.client_id });
      about("asking", question.id, { conversation, isMine: true });
      refs.treno_assistant.say(question);
      desk.setState((kept) => ({
        pending: kept.pending.filter(({ client_id }) => client_id !== one.client_id) }));
      call("GET", at(conversation)).then(refs.treno_assistant.changed, () => {});
      await answer(conversation, question.id);
    } catch (error) {
      const stored = desk.getState().said.find(({ client_id }) => client_id === one.client_id);
      if (stored) { await answer(stored.conversation_id, stored.id); return; }
      // Without a word from the server it waits: it may even have got there.
      mark(one.client_id, error?.status ? { state: "failed", trouble: troubleOf(error) }
        : { state: "waiting" });
    }
  };
  const pump = async () => {
    const next = desk.getState().pending.find((one) => one.state === "waiting");
    if (!next || isBusy()) return;
    await send(next);
    if (!waiting(next.client_id)) pump();
  };
  const beat = setInterval(() => { if (navigator.onLine) pump(); }, RETRY);
  const ask = (text) => {
    if (!text.trim() || isBusy()) return false;
    const one = { client_id: crypto.randomUUID(), text, at: Date.now(), state: "waiting",
      trouble: "", conversation: desk.getState().conversation };
    refs.treno_assistant.toEnd();
    desk.setState((kept) => ({ pending: [...kept.pending, one], isHushed: false }));
    pump();
    return true;
  };
  const waiting = (client_id) => desk.getState().pending.find((one) => one.client_id === client_id);
  const resend = (client_id) => { if (!isBusy() && waiting(client_id)) send(waiting(client_id)); };
  const discard = (client_id) => desk.setState((kept) => ({
    pending: kept.pending.filter((one) => one.client_id !== client_id) }));
  const again = (question) => {
    const { conversation, said } = desk.getState();
    // What failed is tried once more; what was answered is answered anew.
    const isAgain = said.some((one) => one.answers === question && one.engine !== "staff"
      && one.status !== "failed");
    if (!isBusy()) answer(conversation, question, isAgain);
  };
  const stop = () => {
    // Whoever reads another conversation meanwhile stops the answer that keeps them from asking.
    const { asking, conversation: open } = desk.getState();
    for (const [question, { conversation, isMine }] of Object.entries(asking))
      if (isMine || conversation === open)
        call("POST", `${at(conversation)}/messages/${question}/stop`, {}).catch(() => {});
  };
  const rate = async (id, rating) => {
    const { conversation, said } = desk.getState();
    const before = said.find((one) => one.id === id);
    const wish = before.rating === rating ? null : rating;
    refs.treno_assistant.say({ ...before, rating: wish });
    try {
      await call("PUT", `${at(conversation)}/messages/${id}/rating`, { rating: wish });
      desk.setState({ told: wish === null ? "" : "ai.said_rated" });
    } catch (error) {
      refs.treno_assistant.say(before);
      about("troubles", before.answers, troubleOf(error));
    }
  };
  const handOver = async (question) => {
    const { conversation } = desk.getState();
    about("troubles", question, undefined);
    try {
      const told = await call("POST", `${at(conversation)}/messages/${question}/hand-over`, {});
      refs.treno_assistant.say(told);
      desk.setState({ told: "ai.said_handed" });
    } catch (error) {
      about("troubles", question, troubleOf(error));
    }
  };
  const keep = desk.subscribe((kept, old) => {
    if (kept.user && kept.user !== old.user) {
      const saved = JSON.parse(sessionStorage.getItem(shelf()) ?? "[]");
      const pending = saved.map((one) => one.state === "failed"
        ? one : { ...one, state: "waiting" });
      if (pending.length) desk.setState({ pending });
    } else if (kept.pending !== old.pending && kept.user) {
      sessionStorage.setItem(shelf(), JSON.stringify(kept.pending));
    }
    const isNow = isBusy();
    if (desk.getState().isBusy !== isNow) desk.setState({ isBusy: isNow });
  });
  Object.assign(refs.treno_assistant ??= {}, { ask, resend, discard, again, stop, rate, handOver });
  return () => { keep(); clearInterval(beat); };
}, [])
"""


def asking() -> rx.Var[object]:
    """Ask, ask again, stop, rate, and pass a question on."""
    return ability(ASKING.replace("CALL", CALL).replace("RETRY", str(RETRY_MS)))
