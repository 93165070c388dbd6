"""The policy table: every handler of ours stands in it, and nothing else is let through."""

import inspect
from collections.abc import Iterator
from typing import Any

import pytest
from reflex.state import BaseState, State

from tests.web.conftest import Program
from treno_chat.web.asks import Ask
from treno_chat.web.handlers import name_of
from treno_chat.web.rules import RULES


def _states(root: type[BaseState]) -> Iterator[type[BaseState]]:
    yield root
    for child in root.get_substates():
        yield from _states(child)


def _ours() -> dict[str, Any]:
    return {
        name_of(handler): handler
        for state in _states(State)
        if state.__module__.startswith("treno_chat.")
        for name, handler in state.event_handlers.items()
        if name in vars(state) and name != "setvar"
    }


def test_3_6_every_handler_of_ours_stands_in_the_table(program: Program) -> None:
    assert _ours()
    assert set(_ours()) <= set(RULES)


@pytest.mark.parametrize("name", sorted(RULES))
def test_3_8_every_argument_of_a_handler_has_a_strict_schema(program: Program, name: str) -> None:
    schema = RULES[name].asks
    handler = _ours().get(name)

    assert issubclass(schema, Ask)
    assert schema.model_config.get("extra") == "forbid"
    if handler is not None:
        arguments = set(inspect.signature(handler.fn).parameters) - {"self"}
        assert arguments == set(schema.model_fields)


@pytest.mark.parametrize(
    "name",
    [
        "setvar",
        "handle_frontend_exception",
        "update_vars_internal",
    ],
)
async def test_3_7_what_reflex_brings_and_nobody_needs_is_denied(
    program: Program, name: str
) -> None:
    brought = [
        name_of(handler)
        for state in _states(State)
        for handler_name, handler in state.event_handlers.items()
        if handler_name == name
    ]

    assert brought
    assert not set(brought) & set(RULES)
