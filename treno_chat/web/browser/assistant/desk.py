"""The desk: what the page of the assistant remembers, apart from the memory that all pages carry.

Every component that reads a memory names what is in it when it is blank; the rooms should not pay
for the assistant.
"""

from typing import Any, TypeVar

import reflex as rx
from reflex_base.utils.imports import ImportVar
from reflex_base.vars.base import Var, VarData

from treno_chat.web.browser.hooks import ENGINE_IMPORTS, STATES
from treno_chat.web.browser.store import IMPORTS, STORE

T = TypeVar("T")

# `conversation` is the one that is open, empty while a new one is begun; `asking` names the
# questions that are being answered and where, `growing` how far; `troubles` why one was not.
BLANK = """({
  user: "", zone: "", isThread: false, isTurned: false,
  listed: [], groups: [], more: null, isListed: false, isListLost: false,
  sought: "", which: "all", days: 0,
  conversation: "", title: "", said: [], older: null, isLoading: false, isFetching: false,
  isMissing: false, isLost: false, rows: [], pending: [], asking: {}, growing: {}, troubles: {},
  isHushed: true, isBusy: false, left: 1000, page: null, told: "",
})"""

DESK = f"const desk = (refs.treno_desk ??= createStore(() => {BLANK}))"


def kept(name: str, kind: type[T]) -> Any:  # noqa: ANN401 -- a Var of `kind`
    """Return what the desk remembers under a name; what shows it is drawn anew with it alone."""
    data = VarData(hooks={DESK: None, _reading(name): None}, imports=IMPORTS)
    return Var(_js_expr=f"desk_{name}", _var_type=kind, _var_data=data).guess_type()


def ability(
    code: str,
    *,
    watches: tuple[str, ...] = (),
    imports: dict[str, list[ImportVar]] | None = None,
) -> rx.Var[Any]:
    """Return a Var that runs `code` in the engine; of the desk it watches `desk_<name>`."""
    hooks = {STORE: None, STATES: None, DESK: None, **{_reading(name): None for name in watches}}
    data = VarData(hooks={**hooks, code: None}, imports={**ENGINE_IMPORTS, **(imports or {})})
    return Var(_js_expr="null", _var_data=data)


def _reading(name: str) -> str:
    return f"const desk_{name} = useStore(desk, (kept) => kept.{name})"
