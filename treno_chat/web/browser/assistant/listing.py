"""The list of conversations: by day, the one that changed last first, and what was sought in it."""

import reflex as rx

from treno_chat.web.browser.assistant.desk import ability

# The API tells found words apart itself; what was not sought is one piece.
FOUND = r"""
const inPieces = (pieces, text) => (pieces ?? [{ text, is_match: false }])
  .filter((piece) => piece.text)
  .map(({ text, is_match }) => ({ text, mark: 0, of: "", is_found: is_match }));
"""

DERIVE = r"""
useEffect(() => {
  FOUND
  const lang = document.documentElement.lang || "it";
  const clock = new Intl.DateTimeFormat(lang, { hour: "numeric", minute: "2-digit" });
  const dates = new Intl.DateTimeFormat(lang, { weekday: "long", day: "numeric", month: "long" });
  const near = new Intl.RelativeTimeFormat(lang, { numeric: "auto" });
  const DAY = 86_400_000;
  const dayOf = (at) => {
    const ago = Math.round((new Date().setHours(0, 0, 0, 0) - new Date(at).setHours(0, 0, 0, 0))
      / DAY);
    const day = ago < 2 ? near.format(-ago, "day") : dates.format(at);
    return day[0].toLocaleUpperCase(lang) + day.slice(1);
  };
  const listed = (one) => {
    const at = new Date(one.updated_at);
    return { id: one.id, title: inPieces(one.title_pieces, one.title),
      snippet: inPieces(one.excerpt, ""), time: clock.format(at),
      iso: at.toISOString() };
  };
  const grouped = (all) => {
    const groups = [];
    for (const one of all) {
      const label = dayOf(new Date(one.updated_at));
      if (groups.at(-1)?.label !== label) groups.push({ label, conversations: [] });
      groups.at(-1).conversations.push(listed(one));
    }
    return groups;
  };
  const refresh = (kept, old) => {
    if (kept.listed !== old?.listed) desk.setState({ groups: grouped(kept.listed) });
  };
  refresh(desk.getState());
  return desk.subscribe(refresh);
}, [])
"""


def listing() -> rx.Var[object]:
    """Keep what the list shows in step with what is known."""
    return ability(DERIVE.replace("FOUND", FOUND))
