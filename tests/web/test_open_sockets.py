"""A socket that stays open: it lives as long as its session, and its heartbeat keeps both."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from tests.support.tab import Tab
from tests.web.conftest import Program
from treno_chat.actions.door.sessions import authenticate, log_out
from treno_chat.actions.transaction import utc_now
from treno_chat.domain.door.sessions import Entered, hash_token
from treno_chat.web.browser.room.connection import HEARTBEAT_MS
from treno_chat.web.states.room import RoomState


async def test_3_12_s29_after_logout_the_open_socket_hears_and_says_nothing(
    program: Program, ada: Entered, ada_tab: Tab
) -> None:
    with program.transactions.writing() as tx:
        log_out(tx, authenticate(tx, hash_token(ada.session_token)))

    await ada_tab.arrival(kind="ended")
    await ada_tab.until(lambda tab: "/_event" not in tab.client.namespaces)


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
