"""The page's memory: one store for the messages, the link, the people, and what is under way."""

from typing import Any, TypeVar

import reflex as rx
from reflex_base.utils.imports import ImportVar
from reflex_base.vars.base import Var, VarData

T = TypeVar("T")

ZUSTAND = "zustand@5.1.0"

# What a page knows before anything arrived; the server renders exactly this.
BLANK = """({
  roomId: "", me: "", messages: [], rows: [], lastSaid: "", rev: 0, seq: 0, ahead: [], late: [],
  pending: [], edits: [], back: [],
  hasOlder: false, hasNewer: false, fetching: "", pages: 0, isLoading: true, isAtEnd: true,
  isHigh: false, firstUnread: 0, readSeq: 0, unread: 0, unseen: 0, heard: 0, told: 0,
  isHushed: true, twins: [], people: [], count: 0, counts: {}, stirred: {}, link: "up",
  isReady: false, missed: 0, pause: 0,
  draft: "", drafts: {}, left: 1000, theme: "system",
  zone: "UTC", placeKind: "train", sheet: "", chosen: "", editing: "", notice: "", seconds: 0,
  reference: "",
  hasKeys: true, sendsByEnter: true, mod: "Ctrl", sought: "",
  step: "", about: "", cameFrom: "", masked: "", tries: 0, wait: 0, codes: [], undo: -1,
  isErased: false, erased: {}, mayUseCode: false, hours: 0, until: 0, accounts: [], alias: "",
  onward: "/", statusLeft: 50, task: "", said: "",
})"""

STORE = f"const memory = (refs.treno ??= createStore(() => {BLANK}))"

IMPORTS: dict[str, list[ImportVar]] = {
    "$/utils/state": [ImportVar(tag="refs")],
    "zustand/vanilla": [ImportVar(tag="createStore")],
    ZUSTAND: [ImportVar(tag="useStore")],
}


def memory(selector: str, kind: type[T]) -> Any:  # noqa: ANN401 -- a Var of `kind`, see below
    """Return what the page remembers under a name, e.g. `memory("rows", list[Row])`.

    The Var re-renders its component when, and only when, that part changes.
    """
    data = VarData(hooks={STORE: None, reading(selector): None}, imports=IMPORTS)
    return Var(_js_expr=f"kept_{selector}", _var_type=kind, _var_data=data).guess_type()


def reading(name: str) -> str:
    """Return the hook that reads a part of the memory as `kept_<name>`."""
    return f"const kept_{name} = useStore(memory, (kept) => kept.{name})"


def engine(*hooks: rx.Var[Any]) -> rx.Component:
    """Return the component that shows nothing and keeps the abilities running."""
    return rx.fragment(*hooks)
