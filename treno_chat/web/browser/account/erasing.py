"""Leaving no trace: ten seconds that count down before one's eyes, then what was erased."""

import reflex as rx

from treno_chat.web.browser.hooks import ability
from treno_chat.web.browser.states import STATE_IMPORTS
from treno_chat.web.states.account import AccountState

COUNT = """
useEffect(() => {
  let due = 0;
  let ticking = 0;
  const rest = () => { clearInterval(ticking); ticking = 0; };
  const post = () => fetch("/auth/erasure/finish", { method: "POST", body: "{}",
    headers: { Accept: "application/json", "Content-Type": "application/json" } });
  const finish = async () => {
    rest();
    // The page that says what was erased stays, although its session is gone.
    refs.treno_stays = true;
    const answer = await post().catch(() => null);
    const told = await answer?.json().catch(() => null);
    if (answer?.ok) {
      refs.treno_leave?.();
      localStorage.clear();
      memory.setState({ undo: -1, isErased: true, erased: told.erased });
      return;
    }
    refs.treno_stays = false;
    // Called off, or done already, somewhere else.
    if (answer && answer.status !== 429 && answer.status < 500) { location.reload(); return; }
    refs.treno_count(told?.retry_after ?? 2);
  };
  const tick = () => {
    const undo = Math.max(0, Math.ceil((due - Date.now()) / 1000));
    if (undo !== memory.getState().undo) memory.setState({ undo });
    if (undo === 0) finish();
  };
  refs.treno_count = (seconds) => {
    rest();
    if (seconds < 0) { memory.setState({ undo: -1 }); return; }
    due = Date.now() + seconds * 1000;
    ticking = setInterval(tick, 200);
    memory.setState({ undo: seconds });
  };
  return rest;
}, [])
"""

# Asked for before the page was loaded, or in another browser.
RESUME = """
const erasedIn = useStateContext("ACCOUNT").card_rx_state_.erased_in
useEffect(() => {
  if (refs.treno_stays || memory.getState().isErased) return;
  const { undo } = memory.getState();
  if (erasedIn >= 0 && undo < 0) refs.treno_count?.(erasedIn);
  if (erasedIn < 0 && undo >= 0) refs.treno_count?.(-1);
}, [erasedIn])
"""


def erasing() -> list[rx.Var[object]]:
    """Count down, erase, and stay to tell."""
    resume = RESUME.replace("ACCOUNT", AccountState.get_full_name())
    return [ability(COUNT), ability(resume, imports=STATE_IMPORTS)]
