"""Keyboard shortcuts: `?` lists them, Ctrl+K (Cmd+K) leads to another room, Esc to the last words.

What only one key does can be switched off (WCAG 2.1.4), and never happens while somebody types.
"""

import reflex as rx

from treno_chat.web.browser.hooks import ability
from treno_chat.web.browser.room.composer import TEXT_ID
from treno_chat.web.browser.scroll import LOG_ID

SOUGHT_ID = "rooms-sought"

CODE = """
useEffect(() => {
  const isMac = /^(Mac|iP)/.test(navigator.platform);
  memory.setState({ mod: isMac ? "Cmd" : "Ctrl", hasKeys: localStorage.getItem("keys") !== "off" });
  const isTyping = (at) => !!at?.closest?.("input, textarea, select, [contenteditable]");
  const isMod = (event) => isMac ? event.metaKey : event.ctrlKey;
  const walk = (event) => {
    const links = [...document.querySelectorAll('[role="dialog"] li:not([hidden]) a')];
    const field = document.getElementById("SOUGHT");
    const way = [field, ...links];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      way.at((way.indexOf(document.activeElement) + step) % way.length).focus();
    }
    if (event.key === "Enter" && event.target === field) links[0]?.click();
  };
  const onKey = (event) => {
    if (event.isComposing) return;
    const { sheet, hasKeys } = memory.getState();
    // Where there is a conversation, though the page may not know yet which one.
    const isRoom = !!document.getElementById("LOG");
    if (isMod(event) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === "k") {
      event.preventDefault();
      if (isRoom) memory.setState({ sheet: sheet === "rooms" ? "" : "rooms", sought: "" });
    } else if (event.key === "?" && hasKeys && isRoom && !isMod(event) && !isTyping(event.target)) {
      memory.setState({ sheet: "keys" });
    } else if (sheet === "rooms") {
      walk(event);
    } else if (event.key === "Escape" && event.target?.closest?.("#LOG")) {
      refs.treno_to_end?.();
    }
  };
  const onInput = (event) => {
    if (event.target?.id === "SOUGHT") memory.setState({ sought: event.target.value });
  };
  // Who went to another room wants to write there, or to read where only staff may write.
  let isSwitching = false;
  const arrive = memory.subscribe((kept, old) => {
    if (kept.sheet !== old.sheet) isSwitching = old.sheet === "rooms" && !kept.sheet;
    if (!isSwitching || kept.roomId === old.roomId) return;
    isSwitching = false;
    (document.getElementById("TEXT") ?? document.getElementById("LOG"))?.focus();
  });
  document.addEventListener("keydown", onKey);
  document.addEventListener("input", onInput);
  return () => {
    arrive();
    document.removeEventListener("keydown", onKey);
    document.removeEventListener("input", onInput);
  };
}, [])
"""


def keys() -> rx.Var[object]:
    """Listen for the shortcuts."""
    code = CODE.replace("SOUGHT", SOUGHT_ID).replace("LOG", LOG_ID).replace("TEXT", TEXT_ID)
    return ability(code)
