"""How a piece of browser code becomes a Var that brings its hooks and imports along."""

from typing import Any

import reflex as rx
from reflex.event import EventCallback
from reflex_base.utils.imports import ImportVar
from reflex_base.vars.base import Var, VarData

from treno_chat.web.browser.store import IMPORTS, STORE, reading
from treno_chat.web.handlers import name_of

REACT = ("useContext", "useEffect", "useLayoutEffect")

ENGINE_IMPORTS: dict[str, list[ImportVar]] = {
    **IMPORTS,
    "react": [ImportVar(tag=tag) for tag in REACT],
    "$/utils/state": [ImportVar(tag="refs"), ImportVar(tag="ReflexEvent")],
    "$/utils/context-registry": [
        ImportVar(tag="StateStoreContext"),
        ImportVar(tag="eventLoop"),
    ],
}

STATES = "const states = useContext(StateStoreContext)"


def ability(
    code: str,
    *,
    watches: tuple[str, ...] = (),
    imports: dict[str, list[ImportVar]] | None = None,
) -> rx.Var[Any]:
    """Return a Var that shows nothing and runs `code` as hooks, once, in the engine.

    `watches` names what the code depends on; each is there as `kept_<name>`.
    """
    data = VarData(
        hooks={STORE: None, STATES: None, **{reading(name): None for name in watches}, code: None},
        imports={**ENGINE_IMPORTS, **(imports or {})},
    )
    return Var(_js_expr="null", _var_data=data)


def tell(handler: EventCallback[*tuple[Any, ...]], arguments: str) -> str:
    """Return the JavaScript that calls a handler now, or not at all while there is no connection.

    A `temporal` event is dropped when the socket is down: Reflex would keep any other in memory
    and fire it later, behind the back of the outbox.
    """
    name = name_of(handler)
    event = f'ReflexEvent("{name}", {arguments}, {{ temporal: true }})'
    return f"eventLoop.addEvents([{event}], [], {{ temporal: true }})"
