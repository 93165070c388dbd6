"""The list of conversations: by day, the one that changed last first, and what was sought in it."""

import reflex as rx

from treno_chat.web.browser.assistant.clocks import CLOCKS
from treno_chat.web.browser.assistant.desk import ability
from treno_chat.web.browser.regions import LOCALE

# The API tells found words apart itself; what was not sought is one piece.
FOUND = r"""
const inPieces = (pieces, text) => (pieces ?? [{ text, is_match: false }])
  .filter((piece) => piece.text)
  .map(({ text, is_match }) => ({ text, mark: 0, of: "", is_found: is_match }));
"""

DERIVE = r"""
useEffect(() => {
  FOUND
  const locale = LOCALE;
  CLOCKS
  let clocks = clocksOf(locale, desk.getState().zone);
  const listed = (one) => ({ id: one.id, title: inPieces(one.title_pieces, one.title),
    snippet: inPieces(one.excerpt?.length ? one.excerpt : undefined, one.last ?? ""),
    time: clocks.timeOf(one.updated_at), iso: new Date(one.updated_at).toISOString() });
  const grouped = (all) => {
    const groups = [];
    for (const one of all) {
      const label = clocks.dayOf(one.updated_at);
      if (groups.at(-1)?.label !== label) groups.push({ label, conversations: [] });
      groups.at(-1).conversations.push(listed(one));
    }
    return groups;
  };
  const refresh = (kept, old) => {
    if (kept.zone !== old?.zone) clocks = clocksOf(locale, kept.zone);
    else if (kept.listed === old?.listed) return;
    desk.setState({ groups: grouped(kept.listed) });
  };
  refresh(desk.getState());
  return desk.subscribe(refresh);
}, [])
"""


def listing() -> rx.Var[object]:
    """Keep what the list shows in step with what is known."""
    code = DERIVE.replace("FOUND", FOUND).replace("CLOCKS", CLOCKS).replace("LOCALE", LOCALE)
    return ability(code)
