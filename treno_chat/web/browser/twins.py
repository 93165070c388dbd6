"""Twins: people of one room whose aliases look the same, told apart by their seal's number."""

import reflex as rx

from treno_chat.web.browser.hooks import ability

# Who is here comes with what the alias looks like to a reader (domain/alias.py); of who has left
# there is only the alias itself.
CODE = """
useEffect(() => {
  const folds = new Map();
  const fold = (alias) => {
    if (!folds.has(alias)) folds.set(alias, alias.normalize("NFKC").toLowerCase());
    return folds.get(alias);
  };
  const find = (kept) => {
    const looks = new Map();
    const note = (look, id) => looks.set(look, (looks.get(look) ?? new Set()).add(id));
    for (const { id, alias, looks: look } of kept.people) {
      note("alias " + fold(alias), id);
      note("looks " + look, id);
    }
    for (const { by } of kept.messages) if (by) note("alias " + fold(by.alias), by.id);
    const alike = [...looks.values()].filter((ids) => ids.size > 1);
    return Object.fromEntries(alike.flatMap((ids) => [...ids]).sort().map((id) => [id, true]));
  };
  return memory.subscribe((kept, old) => {
    if (kept.messages === old.messages && kept.people === old.people) return;
    const twins = find(kept);
    if (JSON.stringify(twins) !== JSON.stringify(kept.twins)) memory.setState({ twins });
  });
}, [])
"""


def twins() -> rx.Var[object]:
    """Know whose alias is not theirs alone; nobody else's number is shown."""
    return ability(CODE)
