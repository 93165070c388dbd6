"""The tasks on a screen: one's own, as far as asked for; guests and others get nothing."""

from uuid import uuid4

import pytest

from tests.support.accounts import sign_up
from tests.support.authenticator import Authenticator, Lie
from tests.support.tab import Item, Tab
from tests.web.conftest import OpenTab, Program
from treno_chat.actions.assistant.tasks import add_task, complete_task
from treno_chat.domain.assistant.tasks import PAGE_SIZE
from treno_chat.domain.door.sessions import Entered
from treno_chat.web.states.tasks import TasksState


def registered(program: Program, alias: str) -> Entered:
    return sign_up(
        program.transactions,
        Authenticator(),
        alias=f"{alias} {uuid4().hex[:8]}",
        lie=Lie(origin=program.origin),
    )


@pytest.fixture
def dora(program: Program) -> Entered:
    """Somebody with an account, one thing to do and one done."""
    dora = registered(program, "Dora")
    with program.transactions.writing() as tx:
        done = add_task(tx, dora.principal, title="Fatta")
        complete_task(tx, dora.principal, done.id)
    with program.transactions.writing() as tx:
        add_task(tx, dora.principal, title="Da fare", description="a\nb")
    return dora


def titles(tab: Tab) -> set[str]:
    tasks: list[Item] = tab.var("tasks") or []
    return {task["title"] for task in tasks}


async def test_all_then_what_is_to_do_then_what_is_done(tabs: OpenTab, dora: Entered) -> None:
    tab = await tabs(dora)
    await tab.call(TasksState.open)

    await tab.until(lambda tab: tab.var("user_id"))
    assert (tab.var("user_id"), tab.var("is_anonymous")) == (dora.principal.user.id, False)
    assert tab.var("home") == "/p/treno-lucca-aulla"
    assert titles(tab) == {"Da fare", "Fatta"}
    await tab.call(TasksState.show, which="open")
    await tab.until(lambda tab: titles(tab) == {"Da fare"})
    assert tab.var("tasks")[0]["description"] == "a\nb"
    await tab.call(TasksState.show, which="done")
    await tab.until(lambda tab: titles(tab) == {"Fatta"})


async def test_more_is_shown_on_request_and_read_anew(
    program: Program, tabs: OpenTab, dora: Entered
) -> None:
    with program.transactions.writing() as tx:
        for number in range(PAGE_SIZE):
            add_task(tx, dora.principal, title=f"n. {number}")
    tab = await tabs(dora)

    await tab.call(TasksState.open)
    await tab.until(lambda tab: tab.var("has_more"))
    assert len(tab.var("tasks")) == PAGE_SIZE
    await tab.call(TasksState.more)
    await tab.until(lambda tab: len(tab.var("tasks")) == PAGE_SIZE + 2)
    with program.transactions.writing() as tx:
        add_task(tx, dora.principal, title="Ancora una")
    await tab.call(TasksState.again)
    await tab.until(lambda tab: "Ancora una" in titles(tab))
    assert len(tab.var("tasks")) == PAGE_SIZE + 2


async def test_a_guest_is_told_nothing_but_who_they_are(ada_tab: Tab, ada: Entered) -> None:
    await ada_tab.call(TasksState.open)

    await ada_tab.until(lambda tab: tab.var("user_id") == ada.principal.user.id)
    assert (ada_tab.var("is_anonymous"), titles(ada_tab)) == (True, set())


async def test_others_get_their_own(program: Program, tabs: OpenTab, dora: Entered) -> None:
    elio = registered(program, "Elio")
    tab = await tabs(elio)

    await tab.call(TasksState.open)

    await tab.until(lambda tab: tab.var("user_id") == elio.principal.user.id)
    assert titles(tab) == set()
    assert dora.principal.user.id not in str(tab.frames)


async def test_what_is_not_asked_for_in_the_right_words_is_denied(
    tabs: OpenTab, dora: Entered
) -> None:
    tab = await tabs(dora)
    await tab.call(TasksState.open)
    await tab.until(lambda tab: tab.var("user_id"))

    await tab.call(TasksState.show, which="everybody's")
    await tab.call(TasksState.more, limit=10**9)
    await tab.call(TasksState.show, which="done")

    await tab.until(lambda tab: titles(tab) == {"Fatta"})
    assert tab.var("which") == "done"
