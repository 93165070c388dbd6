"""Twins: people of one room whose aliases look the same, told apart by their seal's number."""

import reflex as rx

from treno_chat.web.browser.hooks import ability

# Who is here comes with what the alias looks like to a reader (domain/door/alias.py); of who has
# left there is only the alias itself.
CODE = """
useEffect(() => {
  const folds = new Map();
  const fold = (alias) => {
    if (!folds.has(alias)) folds.set(alias, alias.normalize("NFKC").toLowerCase());
    return folds.get(alias);
  };
  const find = (kept) => {
    const seen = new Map();
    const note = (look, { id, alias }) => {
      if (!seen.has(look)) seen.set(look, { ids: new Set(), aliases: new Set() });
      seen.get(look).ids.add(id);
      seen.get(look).aliases.add(alias);
    };
    for (const person of kept.people) {
      note("alias " + fold(person.alias), person);
      note("looks " + person.looks, person);
    }
    for (const { by } of kept.messages) if (by) note("alias " + fold(by.alias), by);
    const alike = [...seen.values()].filter(({ ids }) => ids.size > 1);
    return [...new Set(alike.flatMap(({ aliases }) => [...aliases]))].sort();
  };
  return memory.subscribe((kept, old) => {
    if (kept.messages === old.messages && kept.people === old.people) return;
    const twins = find(kept);
    if (JSON.stringify(twins) !== JSON.stringify(kept.twins)) memory.setState({ twins });
  });
}, [])
"""


def twins() -> rx.Var[object]:
    """Know which aliases are not one person's alone; beside no other a number is shown."""
    return ability(CODE)
