"""What somebody does to their account is felt on every open socket, at once."""

from datetime import timedelta
from uuid import uuid4

import pytest

from tests.support.authenticator import Authenticator, Lie
from tests.support.tab import Tab
from tests.web.conftest import DEVICE, PLACE, OpenTab, Program, in_room
from treno_chat.actions.account.erasure import ask_erasure, finish_erasure
from treno_chat.actions.account.own_sessions import end_own_session
from treno_chat.actions.account.profile import change_profile
from treno_chat.actions.door.claims import read_claim
from treno_chat.actions.door.passkeys import (
    begin_login,
    begin_sign_up,
    finish_login,
    finish_sign_up,
)
from treno_chat.actions.operations.disabling import disable_person
from treno_chat.actions.talk.sending import Draft, send_message
from treno_chat.domain.door.sessions import Entered
from treno_chat.stores.account import leaving


@pytest.fixture
def key() -> Authenticator:
    """Dora's authenticator."""
    return Authenticator()


@pytest.fixture
def dora(program: Program, key: Authenticator) -> Entered:
    """Somebody with an account; every test has her anew, under another alias."""
    with program.transactions.writing() as tx:
        begun = begin_sign_up(
            tx,
            place_slug=PLACE,
            alias=f"Dora {uuid4().hex[:8]}",
            gender="other",
            phone="+393456789012",
            region="IT",
            current=None,
        )
    return finish_sign_up(
        program.transactions,
        handle_token=begun.handle_token,
        credential=key.create(begun.options, Lie(origin=program.origin)),
        place_slug=PLACE,
        device=DEVICE,
        current=None,
    )


@pytest.fixture
def doras_other(program: Program, dora: Entered, key: Authenticator) -> Entered:
    """Another browser of the same person."""
    with program.transactions.writing() as tx:
        begun = begin_login(tx)
    return finish_login(
        program.transactions,
        handle_token=begun.handle_token,
        claim=read_claim(program.transactions, key.get(begun.options, Lie(origin=program.origin))),
        place_slug=PLACE,
        device=DEVICE,
        current=None,
    )


@pytest.fixture
async def dora_tab(tabs: OpenTab, dora: Entered) -> Tab:
    """Dora's tab, in the room."""
    return await in_room(await tabs(dora))


async def is_cut(tab: Tab) -> None:
    await tab.arrival(kind="ended")
    await tab.until(lambda tab: "/_event" not in tab.client.namespaces)


async def test_a_revoked_browser_leaves_and_the_other_stays(
    program: Program, tabs: OpenTab, dora: Entered, dora_tab: Tab, *, doras_other: Entered
) -> None:
    other_tab = await in_room(await tabs(doras_other))
    with program.transactions.writing() as tx:
        end_own_session(tx, dora.principal, doras_other.principal.session.id)

    await is_cut(other_tab)
    assert "/_event" in dora_tab.client.namespaces


async def test_s30_whoever_is_shut_out_is_cut_off(
    program: Program, dora: Entered, dora_tab: Tab, bruno_tab: Tab
) -> None:
    with program.transactions.writing() as tx:
        disable_person(tx, dora.principal.user.id)

    await is_cut(dora_tab)
    assert "/_event" in bruno_tab.client.namespaces


async def test_a_new_profile_is_seen_by_the_others_and_by_oneself(
    program: Program, dora: Entered, dora_tab: Tab, bruno_tab: Tab
) -> None:
    alias = f"Dorina {uuid4().hex[:8]}"
    with program.transactions.writing() as tx:
        change_profile(
            tx,
            dora.principal,
            alias=alias,
            gender="female",
            status_line="Leggo",
            language="",
            theme="",
        )

    await bruno_tab.until(
        lambda tab: any(
            (one["alias"], one["status"]) == (alias, "Leggo")
            for item in tab.arrivals
            for one in item.get("joined", ())
        )
    )
    await dora_tab.arrival(kind="look_again")


async def test_whoever_leaves_no_trace_is_gone_from_every_screen(
    program: Program, dora: Entered, dora_tab: Tab, bruno_tab: Tab
) -> None:
    room_id = bruno_tab.var("room_id")
    draft = Draft(text="Ciao!", client_id=str(uuid4()))
    with program.transactions.writing(in_turn=room_id) as tx:
        sent = send_message(tx, dora.principal, room_id, draft)
    await bruno_tab.arrival(kind="new", seq=sent.seq)
    with program.transactions.writing() as tx:
        ask_erasure(tx, dora.principal)
        leaving.set_due(tx.db, dora.principal.user.id, tx.now - timedelta(seconds=1))
    assert finish_erasure(program.transactions, dora.principal).messages == 1

    tombstone = await bruno_tab.arrival(kind="edit", seq=sent.seq)
    assert (tombstone["left"], tombstone["body"], "by" in tombstone) == (True, "", False)
    await is_cut(dora_tab)
