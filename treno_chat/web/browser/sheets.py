"""Sheets: the focus stays inside while one is open, Esc closes it, and then it is back."""

import reflex as rx

from treno_chat.web.browser.hooks import ability

CODE = """
useEffect(() => {
  let opener = null;
  const remember = memory.subscribe((kept, old) => {
    if (kept.sheet === old.sheet) return;
    // A sheet that opens another one passes its opener on.
    if (!old.sheet) opener = document.activeElement;
    if (!kept.sheet) opener?.focus?.();
  });
  const stops = (sheet) => [...sheet.querySelectorAll("a[href], button, input, [tabindex]")]
    .filter((one) => one.type !== "hidden" && one.getClientRects().length);
  const onKey = (event) => {
    const sheet = document.querySelector('[role="dialog"]');
    if (!sheet || event.isComposing) return;
    if (event.key === "Escape") memory.setState({ sheet: "" });
    if (event.key !== "Tab") return;
    const all = stops(sheet);
    const [last, next] = event.shiftKey ? [all[0], all.at(-1)] : [all.at(-1), all[0]];
    if (document.activeElement !== last && sheet.contains(document.activeElement)) return;
    event.preventDefault();
    next.focus();
  };
  document.addEventListener("keydown", onKey);
  return () => { remember(); document.removeEventListener("keydown", onKey); };
}, [])
"""


def sheets() -> rx.Var[object]:
    """Keep the focus where the sheet is, and give it back."""
    return ability(CODE)
