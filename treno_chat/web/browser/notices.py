"""Notices: asked for when word comes, put away, and the one that can be answered with a no."""

import reflex as rx

from treno_chat.web.browser.hooks import ability, tell
from treno_chat.web.states.notices import NoticesState

CODE = """
useEffect(() => {
  const ask = () => ASK;
  const heard = (item) => { if (item.kind === "notice") ask(); };
  const post = (path) => fetch(path, { method: "POST", body: "{}",
    headers: { Accept: "application/json", "Content-Type": "application/json" } });
  const click = async (event) => {
    const button = event.target?.closest?.("[data-notice]");
    if (!button) return;
    const notice_id = button.dataset.notice;
    if (button.dataset.answer === "cancel") {
      button.disabled = true;
      const answer = await post("/auth/recovery/cancel").catch(() => null);
      button.disabled = false;
      if (!answer?.ok) { memory.setState({ about: "cancel-failed" }); return; }
      memory.setState({ about: "" });
      ask();
      return;
    }
    PUT_AWAY;
  };
  const all = (refs.treno_heard ??= new Set());
  all.add(heard);
  document.addEventListener("click", click);
  return () => { all.delete(heard); document.removeEventListener("click", click); };
}, [])
"""


def notices() -> rx.Var[object]:
    """Keep what is told up to date, and let it be put away."""
    return ability(
        CODE.replace("ASK", tell(NoticesState.ask, "{}")).replace(
            "PUT_AWAY", tell(NoticesState.put_away, "{ notice_id }")
        )
    )
