"""The account on a screen: everything about oneself, nothing secret, and notices until put away."""

import json
from uuid import uuid4

import pytest

from tests.support.accounts import PHONE, sign_up
from tests.support.authenticator import Authenticator, Lie
from tests.support.tab import Item, Tab
from tests.web.conftest import OpenTab, Program
from treno_chat.actions.account.overview import view_notices
from treno_chat.actions.door.notices import give_notice
from treno_chat.actions.recovery.recovery_codes import make_codes
from treno_chat.domain.door.notices import NoticeKind
from treno_chat.domain.door.sessions import Entered
from treno_chat.web.states.account import AccountState
from treno_chat.web.states.notices import NoticesState


@pytest.fixture
def dora(program: Program) -> Entered:
    """Somebody with an account and codes for coming back."""
    entered = sign_up(
        program.transactions,
        Authenticator(),
        alias=f"Dora {uuid4().hex[:8]}",
        lie=Lie(origin=program.origin),
    )
    with program.transactions.writing() as tx:
        make_codes(tx, entered.principal)
    return entered


def _known(tab: Tab) -> Item | None:
    card: Item | None = tab.var("card")
    return card if card and card["is_known"] else None


async def test_a_guest_sees_what_is_held_about_guests(ada_tab: Tab, ada: Entered) -> None:
    await ada_tab.call(AccountState.open)

    card = await ada_tab.until(_known)
    assert (card["alias"], card["is_anonymous"], card["phone"]) == (
        ada.principal.user.alias,
        True,
        "",
    )
    assert ada_tab.var("passkeys") == []
    assert [one["is_this"] for one in ada_tab.var("sessions")] == [True]


async def test_s26_s52_nothing_secret_comes_to_the_screen(tabs: OpenTab, dora: Entered) -> None:
    tab = await tabs(dora)

    await tab.call(AccountState.open)

    card = await tab.until(_known)
    assert (card["phone"], card["codes_left"]) == ("+39 •••••••012", 10)
    assert [one["is_last"] for one in tab.var("passkeys")] == [True]
    told = json.dumps(tab.frames, default=str)
    assert PHONE[3:] not in told
    assert dora.session_token not in told


async def test_a_notice_is_told_until_it_is_put_away(
    program: Program, tabs: OpenTab, dora: Entered
) -> None:
    tab = await tabs(dora)
    with program.transactions.writing() as tx:
        give_notice(tx, dora.principal.user.id, NoticeKind.PASSKEY_ADDED, "Portatile")
    await tab.arrival(kind="notice")
    await tab.call(NoticesState.ask)
    unread = await tab.until(lambda tab: tab.var("unread"))
    assert [(one["kind"], one["subject"]) for one in unread][:1] == [("passkey_added", "Portatile")]

    for one in unread:
        await tab.call(NoticesState.put_away, notice_id=one["id"])

    await tab.until(lambda tab: tab.var("unread") == [])


async def test_nobody_puts_away_the_notices_of_somebody_else(
    program: Program, dora: Entered, ada_tab: Tab
) -> None:
    with program.transactions.reading() as tx:
        told = view_notices(tx, dora.principal).notices

    for one in told:
        await ada_tab.call(NoticesState.put_away, notice_id=one.id)
    await ada_tab.call(AccountState.open)
    await ada_tab.until(_known)

    with program.transactions.reading() as tx:
        assert view_notices(tx, dora.principal).notices == told != ()
