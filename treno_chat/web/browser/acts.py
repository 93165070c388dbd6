"""Small acts on the page: an element with `data-act` names what a click on it does."""

import reflex as rx

from treno_chat.web.browser.hooks import ability, tell
from treno_chat.web.browser.scroll import LOG_ID
from treno_chat.web.browser.theme import WEAR
from treno_chat.web.states.room import RoomState

CODE = """
useEffect(() => {
WEAR
  let isLeaving = false;
  const one = (id) => document.getElementById(id);
  const leave = () => {
    for (const key of Object.keys(sessionStorage)) {
      if (key.startsWith("treno.")) sessionStorage.removeItem(key);
    }
    memory.setState({ messages: [], pending: [], edits: [], back: [], rows: [], people: [],
      drafts: {}, stirred: {}, roomId: "", me: "" });
  };
  refs.treno_leave = leave;
  const acts = {
    // The button goes away with the press: the focus stays where the message is.
    retry: (data) => { refs.treno_outbox.retry(data.id); one("LOG")?.focus(); },
    discard: (data) => { refs.treno_outbox.discard(data.id); one("LOG")?.focus(); },
    end: () => refs.treno_to_end(),
    menu: (data) => memory.setState({ sheet: "message", chosen: data.id }),
    copy: async () => {
      const { chosen } = memory.getState();
      await navigator.clipboard.writeText(refs.treno_editing.find(chosen)?.words ?? "");
      memory.setState({ sheet: "" });
    },
    edit: () => {
      const { chosen } = memory.getState();
      memory.setState({ sheet: "" });
      refs.treno_editing?.begin(chosen);
    },
    remove: () => {
      const { roomId: room_id, chosen } = memory.getState();
      const seq = refs.treno_editing.find(chosen)?.seq;
      memory.setState({ sheet: "" });
      if (seq) REMOVE;
      else refs.treno_outbox.discard(chosen);
    },
    sheet: (data) => memory.setState(
      { sheet: data.id, about: data.about ?? "", step: "", codes: [] }),
    account: () => memory.setState({ sheet: "", cameFrom: location.pathname }),
    unedit: () => refs.treno_editing?.stop(),
    close: () => memory.setState({ sheet: "" }),
    keys: () => {
      const hasKeys = !memory.getState().hasKeys;
      localStorage.setItem("keys", hasKeys ? "on" : "off");
      memory.setState({ hasKeys });
    },
    enter: () => {
      const sendsByEnter = !memory.getState().sendsByEnter;
      localStorage.setItem("enter", sendsByEnter ? "on" : "off");
      memory.setState({ sendsByEnter });
    },
    theme: (data) => {
      refs.treno_theme(data.id);
      // With an account it is wanted on every device.
      const body = new URLSearchParams({ theme: data.id });
      const headers = { Accept: "application/json" };
      fetch("/auth/theme", { method: "POST", keepalive: true, headers, body }).catch(() => {});
    },
  };
  refs.treno_theme = (id) => {
    localStorage.setItem("theme", id);
    document.cookie = `treno_theme=${id}; path=/; max-age=31536000; samesite=lax`;
    wear(id);
    memory.setState({ theme: id });
  };
  const [, chosen] = document.cookie.match(/(?:^|; )treno_theme=(light|dark|system)/) ?? [];
  memory.setState({ theme: chosen ?? "system" });
  const click = (event) => {
    const element = event.target?.closest?.("[data-act]");
    if (element) acts[element.dataset.act]?.(element.dataset);
  };
  let looking = 0;
  const look = () => {
    // Not all at once: a whole train hears of another room in the same moment.
    looking ||= setTimeout(() => { looking = 0; LOOK; }, Math.random() * 1500);
  };
  const ended = (item) => {
    if (item.kind === "reload") location.reload();
    if (item.kind === "look_again") look();
    // The tab that leaves is led by its own form; the others learn of it here.
    if (item.kind !== "ended" || isLeaving || refs.treno_stays) return;
    leave();
    const next = location.pathname;
    const wish = new URLSearchParams({ next, place: next.split("/")[2] ?? "", ended: "1" });
    location.replace("/" + (document.documentElement.lang || "") + "?" + wish);
  };
  const leaving = (event) => {
    if (!event.target?.matches?.("form[data-leaves]")) return;
    isLeaving = true;
    leave();
  };
  const heard = (refs.treno_heard ??= new Set());
  heard.add(ended);
  document.addEventListener("click", click);
  document.addEventListener("submit", leaving);
  return () => {
    clearTimeout(looking);
    heard.delete(ended);
    document.removeEventListener("click", click);
    document.removeEventListener("submit", leaving);
  };
}, [])
"""


def acts() -> rx.Var[object]:
    """Run what buttons ask for, and end the page with its session."""
    return ability(
        CODE.replace("REMOVE", tell(RoomState.remove, "{ room_id, seq }"))
        .replace("LOOK", tell(RoomState.look_again, "{}"))
        .replace("LOG", LOG_ID)
        .replace("WEAR", WEAR.strip())
    )
