"""The gate: nobody but who the handshake showed, nothing but what the table allows."""

import inspect
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from reflex.state import BaseState, State
from socketio.exceptions import (  # pyright: ignore[reportMissingTypeStubs]
    ConnectionError as NotConnected,
)

from tests.support.tab import Tab
from tests.web.conftest import ROOM, OpenTab, Program
from treno_chat.actions.door.sessions import authenticate, log_out
from treno_chat.actions.transaction import utc_now
from treno_chat.domain.door.sessions import Entered, hash_token
from treno_chat.web.asks import Ask
from treno_chat.web.browser.room.connection import HEARTBEAT_MS
from treno_chat.web.handlers import name_of
from treno_chat.web.rules import RULES
from treno_chat.web.states.room import RoomState


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


async def test_s10_a_stranger_connects_and_learns_nothing(
    program: Program, tabs: OpenTab, ada: Entered
) -> None:
    stranger: Tab = await tabs(None)

    await stranger.arrival(kind="ended")

    told = str(stranger.frames)
    assert not stranger.var("room_id")
    assert "Lucca" not in told
    assert ada.principal.user.alias not in told


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


@pytest.mark.parametrize(
    "payload",
    [
        {"room_id": 7, "client_id": "x", "text": "Ciao"},
        {"room_id": "r", "client_id": None, "text": "Ciao"},
        {"room_id": "r", "client_id": "x", "text": ["Ciao"]},
        {"room_id": "r", "client_id": "x", "text": "Ciao", "is_staff": True},
        {"room_id": "r", "client_id": "x"},
        {},
    ],
)
async def test_3_8_wrong_arguments_reach_no_handler(
    ada_tab: Tab, payload: dict[str, object]
) -> None:
    await ada_tab.call(RoomState.send, **payload)

    await ada_tab.call(RoomState.catch_up, room_id=ada_tab.var("room_id"), last_rev=0, first_seq=0)
    await ada_tab.until(lambda tab: sum(one["kind"] == "page" for one in tab.arrivals) == 2)
    assert ada_tab.outcomes == []


async def test_3_10_the_address_a_page_claims_opens_nothing(
    program: Program, tabs: OpenTab, ada: Entered
) -> None:
    tab: Tab = await tabs(ada, "/p/somewhere-else/secret")

    assert await tab.until(lambda tab: tab.var("trouble"))

    assert not tab.var("room_id")


async def test_3_3_nobody_inherits_a_state_with_the_token_of_its_tab(
    program: Program, tabs: OpenTab, ada: Entered, bruno: Entered
) -> None:
    token = str(uuid4())
    first: Tab = await tabs(ada, token=token)
    await first.until(lambda tab: tab.var("room_id"))
    await first.close()

    thief: Tab = await tabs(bruno, token=token)

    await thief.until(lambda tab: tab.var("room_id"))
    assert ada.principal.user.alias not in str(
        [frame for frame in thief.frames if "me_rx" in str(frame)]
    )


async def test_3_12_s29_after_logout_the_open_socket_hears_and_says_nothing(
    program: Program, ada: Entered, ada_tab: Tab
) -> None:
    with program.transactions.writing() as tx:
        log_out(tx, authenticate(tx, hash_token(ada.session_token)))

    await ada_tab.arrival(kind="ended")
    await ada_tab.until(lambda tab: "/_event" not in tab.client.namespaces)


@pytest.mark.parametrize("origin", ["http://evil.example", "null", None])
async def test_3_13_s8_a_foreign_origin_is_refused_before_any_event(
    program: Program, ada: Entered, origin: str | None
) -> None:
    tab = Tab(path=ROOM, token=str(uuid4()))
    headers = {} if origin is None else {"Origin": origin}

    with pytest.raises(NotConnected):
        await tab.client.connect(
            f"{program.origin}?token={tab.token}",
            headers={"Cookie": f"__Host-treno_session={ada.session_token}", **headers},
            socketio_path="/_event",
            namespaces=["/_event"],
            transports=["websocket"],
        )

    await tab.close()
    assert tab.frames == []


async def test_3_1_a_spoofed_connect_changes_no_identity(ada_tab: Tab, program: Program) -> None:
    before = ada_tab.var("me")

    await ada_tab.emit("connect", {"QUERY_STRING": f"token={uuid4()}"})
    await ada_tab.emit("disconnect", None)

    await ada_tab.call(RoomState.catch_up, room_id=ada_tab.var("room_id"), last_rev=0, first_seq=0)
    await ada_tab.until(lambda tab: sum(one["kind"] == "page" for one in tab.arrivals) == 2)
    assert ada_tab.var("me") == before


async def test_s36_a_room_of_another_place_is_not_there(ada_tab: Tab) -> None:
    client_id = str(uuid4())

    await ada_tab.call(RoomState.send, room_id=str(uuid4()), client_id=client_id, text="Ciao")

    refused = await ada_tab.outcome(client_id)
    assert (refused["ok"], refused["code"]) == (False, "not_here")


async def test_s28_a_session_that_ends_by_itself_ends_on_the_open_socket(
    program: Program, ada_tab: Tab, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(program.transactions, "clock", lambda: utc_now() + timedelta(hours=13))

    await ada_tab.call(RoomState.here, room_id=ada_tab.var("room_id"), last_rev=0)

    await ada_tab.arrival(kind="ended")


async def test_who_is_there_stays_signed_in(
    program: Program, ada: Entered, ada_tab: Tab, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = utc_now() + timedelta(hours=6)
    monkeypatch.setattr(program.transactions, "clock", lambda: later)

    await ada_tab.call(RoomState.catch_up, room_id=ada_tab.var("room_id"), last_rev=0, first_seq=0)
    await ada_tab.until(lambda tab: sum(one["kind"] == "page" for one in tab.arrivals) == 2)

    with program.transactions.reading() as tx:
        session = authenticate(tx, hash_token(ada.session_token)).session
    assert session.idle_ends_at > ada.principal.session.idle_ends_at


async def test_who_does_nothing_but_write_is_kept_signed_in_by_the_pages_heartbeat(
    program: Program, ada: Entered, ada_tab: Tab, monkeypatch: pytest.MonkeyPatch
) -> None:
    def idle_end() -> datetime:
        with program.transactions.reading() as tx:
            return authenticate(tx, hash_token(ada.session_token)).session.idle_ends_at

    room_id, client_id = ada_tab.var("room_id"), str(uuid4())
    before, later = idle_end(), utc_now() + timedelta(hours=6)
    monkeypatch.setattr(program.transactions, "clock", lambda: later)

    await ada_tab.call(RoomState.send, room_id=room_id, client_id=client_id, text="Ciao")
    sent = await ada_tab.outcome(client_id)
    assert idle_end() == before
    await ada_tab.call(RoomState.here, room_id=room_id, last_rev=sent["rev"] - 1)
    await ada_tab.arrival(kind="behind")

    assert idle_end() > before
    # It comes far more often than an idle end is moved, let alone reached.
    policy = program.transactions.policy
    for slide, idle in (
        (policy.guest_slide, policy.guest_idle),
        (policy.registered_slide, policy.registered_idle),
    ):
        assert timedelta(milliseconds=HEARTBEAT_MS) * 10 < slide
        assert slide * 2 < idle


async def test_a_reader_who_is_behind_is_told_by_the_heartbeat(ada_tab: Tab) -> None:
    room_id, client_id = ada_tab.var("room_id"), str(uuid4())
    await ada_tab.call(RoomState.send, room_id=room_id, client_id=client_id, text="Ciao")
    sent = await ada_tab.outcome(client_id)

    await ada_tab.call(RoomState.here, room_id=room_id, last_rev=sent["rev"] - 1)

    told = await ada_tab.arrival(kind="behind")
    assert told["through_rev"] >= sent["rev"]
