"""The page of the assistant knows whose it is and where; what was said it never carries."""

from uuid import uuid4

from tests.support.accounts import sign_up
from tests.support.authenticator import Authenticator, Lie
from tests.support.tab import Tab
from tests.web.conftest import OpenTab, Program
from treno_chat.domain.door.sessions import Entered
from treno_chat.web.states.assistant import AssistantState


async def test_somebody_with_an_account_is_known_with_the_place(
    program: Program, tabs: OpenTab
) -> None:
    dora = sign_up(
        program.transactions,
        Authenticator(),
        alias=f"Dora {uuid4().hex[:8]}",
        lie=Lie(origin=program.origin),
    )
    tab = await tabs(dora)

    await tab.call(AssistantState.open)

    await tab.until(lambda tab: tab.var("user_id") == dora.principal.user.id)
    assert (tab.var("is_anonymous"), tab.var("kind")) == (False, "train")
    assert tab.var("timezone") == "Europe/Rome"
    assert (tab.var("home"), tab.var("place_name")) == (
        "/p/treno-lucca-aulla",
        "Treno Lucca–Aulla",
    )


async def test_a_guest_is_told_that_they_are_one(ada_tab: Tab, ada: Entered) -> None:
    await ada_tab.call(AssistantState.open)

    await ada_tab.until(lambda tab: tab.var("user_id") == ada.principal.user.id)
    assert ada_tab.var("is_anonymous")
