"""The desk on a screen: staff see what waits and what is theirs; everybody else sees nothing."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from tests.support.accounts import sign_up
from tests.support.authenticator import Authenticator, Lie
from tests.support.tab import Item, Tab
from tests.web.conftest import OpenTab, Program
from treno_chat.actions.assistant.desk import Desk
from treno_chat.actions.assistant.open_questions import note_unanswered
from treno_chat.actions.assistant.own_pages import write_page
from treno_chat.actions.assistant.settling import settle_question
from treno_chat.actions.operations.staff import grant, revoke
from treno_chat.domain.assistant.own_pages import PageDraft
from treno_chat.domain.door.sessions import Entered
from treno_chat.stores.assistant import guide_pages, open_questions
from treno_chat.stores.talk import places
from treno_chat.web.states.desk import DeskState

TRAIN = "treno-lucca-aulla"
DESK = f"/desk/{TRAIN}"
BAR = PageDraft(
    slug="bar",
    language="it",
    title="Il bar",
    topic="aboard",
    aliases="caffè",
    body="In coda {retention_hours}.",
)


@pytest.fixture
def dora(program: Program) -> Entered:
    """Somebody with an account."""
    return sign_up(
        program.transactions,
        Authenticator(),
        alias=f"Dora {uuid4().hex[:8]}",
        lie=Lie(origin=program.origin),
    )


@pytest.fixture
def filled(program: Program) -> None:
    """A page and a question of the train's, and nothing that others left there."""
    with program.transactions.writing() as tx:
        place = places.get(tx.db, TRAIN)
        assert place is not None
        for page in guide_pages.of_place(tx.db, place.id):
            guide_pages.remove(tx.db, place.id, page.slug, page.language)
        for each in open_questions.waiting(tx.db, place.id, limit=100):
            open_questions.settle(tx.db, each.id, now=tx.now)
        write_page(tx, place, BAR)
        note_unanswered(tx, place.id, question="C’è un barbiere, qui?", language="it")


async def opened(program: Program, tabs: OpenTab, dora: Entered) -> Tab:
    with program.transactions.writing() as tx:
        grant(tx, TRAIN, dora.principal.user.id)
    tab = await tabs(dora, path=DESK)
    await tab.call(DeskState.open)
    await tab.until(lambda tab: tab.var("is_read"))
    return tab


def only(tab: Tab, name: str) -> Item:
    [item] = tab.var(name)
    return item


@pytest.mark.usefixtures("filled")
async def test_staff_see_what_waits_and_what_is_theirs(
    program: Program, tabs: OpenTab, dora: Entered
) -> None:
    tab = await opened(program, tabs, dora)

    assert (tab.var("slug"), tab.var("trouble")) == (TRAIN, "")
    assert only(tab, "questions")["body"] == "C’è un barbiere, qui?"
    assert (only(tab, "questions")["asker"], only(tab, "questions")["times"]) == ("", 1)
    assert only(tab, "pages")["title"] == "Il bar"
    # Both are of a day alone: at noon it is the same one in every zone.
    for card in (only(tab, "questions"), only(tab, "pages")):
        assert datetime.fromtimestamp(card["at"] / 1000, UTC).hour == 12


@pytest.mark.usefixtures("filled")
async def test_a_page_is_begun_from_nothing_from_a_question_or_from_itself(
    program: Program, tabs: OpenTab, dora: Entered
) -> None:
    tab = await opened(program, tabs, dora)

    await tab.call(DeskState.write)
    await tab.until(lambda tab: tab.var("draft")["key"] == "new")
    await tab.call(DeskState.edit, language="it", page_slug="bar")
    await tab.until(lambda tab: tab.var("draft")["key"] == "it/bar")
    assert tab.var("draft")["body"] == "In coda {retention_hours}."
    await tab.call(DeskState.answer, question_id=only(tab, "questions")["id"])
    await tab.until(lambda tab: tab.var("draft")["answers"])
    assert tab.var("draft")["title"] == "C’è un barbiere, qui?"
    assert tab.var("draft")["aliases"] == "C’è un barbiere qui?"
    await tab.call(DeskState.put_away)
    await tab.until(lambda tab: tab.var("draft")["key"] == "")


async def writes_while_somebody_asks(program: Program, tab: Tab) -> None:
    """Have a page being written, and one more question waiting since the desk was read."""
    await tab.call(DeskState.write)
    await tab.until(lambda tab: tab.var("draft")["key"] == "new")
    with program.transactions.writing() as tx:
        place = places.get(tx.db, TRAIN)
        assert place is not None
        note_unanswered(tx, place.id, question="C’è un cinema?", language="it")


@pytest.mark.usefixtures("filled")
async def test_it_looks_again_beside_what_is_written_and_shows_nothing_to_staff_of_yesterday(
    program: Program, tabs: OpenTab, dora: Entered
) -> None:
    tab = await opened(program, tabs, dora)
    await writes_while_somebody_asks(program, tab)

    await tab.call(DeskState.look_again)
    await tab.until(lambda tab: len(tab.var("questions")) == 2)
    assert tab.var("draft")["key"] == "new"

    with program.transactions.writing() as tx:
        revoke(tx, TRAIN, dora.principal.user.id)
    await tab.call(DeskState.look_again)
    await tab.until(lambda tab: tab.var("trouble") == "desk_only")
    assert not tab.var("questions")
    assert not tab.var("pages")


@pytest.mark.usefixtures("filled")
async def test_what_a_colleague_settles_is_heard_and_what_one_writes_about_it_stays(
    program: Program, tabs: OpenTab, dora: Entered
) -> None:
    tab = await opened(program, tabs, dora)
    question = only(tab, "questions")["id"]
    await tab.call(DeskState.answer, question_id=question)
    await tab.until(lambda tab: tab.var("draft")["answers"])
    assert not tab.var("draft")["is_settled"]

    with program.transactions.writing() as tx:
        place = places.get(tx.db, TRAIN)
        assert place is not None
        settle_question(
            tx, Desk(place=place, user_id="chiara"), question, words=program.module.words
        )
    await tab.arrival(kind="desk_changed", place=TRAIN)
    await tab.call(DeskState.look_again)

    await tab.until(lambda tab: tab.var("draft")["is_settled"])
    assert (tab.var("questions"), tab.var("draft")["answers"]) == ([], question)


@pytest.mark.usefixtures("filled")
async def test_what_a_colleague_writes_is_heard_and_so_is_whoever_writes_the_same_page(
    program: Program, tabs: OpenTab, dora: Entered
) -> None:
    tab = await opened(program, tabs, dora)
    await tab.call(DeskState.edit, language="it", page_slug="bar")
    await tab.until(lambda tab: tab.var("draft")["version"])
    seen = tab.var("draft")
    assert not seen["is_changed"]

    with program.transactions.writing() as tx:
        place = places.get(tx.db, TRAIN)
        assert place is not None
        write_page(tx, place, replace(BAR, title="Il bar di coda"))
    await tab.arrival(kind="desk_changed", place=TRAIN)
    await tab.call(DeskState.look_again)

    await tab.until(lambda tab: tab.var("draft")["is_changed"])
    assert only(tab, "pages")["title"] == "Il bar di coda"
    assert tab.var("draft") == {**seen, "is_changed": True}


@pytest.mark.usefixtures("filled")
async def test_what_is_being_written_stays_when_the_line_comes_back(
    program: Program, tabs: OpenTab, dora: Entered
) -> None:
    tab = await opened(program, tabs, dora)
    await writes_while_somebody_asks(program, tab)

    await tab.call(DeskState.open)
    await tab.until(lambda tab: len(tab.var("questions")) == 2)

    assert tab.var("draft")["key"] == "new"


@pytest.mark.usefixtures("filled")
async def test_nobody_else_sees_anything(program: Program, tabs: OpenTab, dora: Entered) -> None:
    tab = await tabs(dora, path=DESK)

    await tab.call(DeskState.open)
    await tab.until(lambda tab: tab.var("is_read"))

    assert tab.var("trouble") == "desk_only"
    assert not tab.var("questions")
    assert not tab.var("pages")


@pytest.mark.usefixtures("filled")
async def test_a_guest_sees_nothing(tabs: OpenTab, ada: Entered) -> None:
    ada_tab = await tabs(ada, path=DESK)
    await ada_tab.call(DeskState.open)
    await ada_tab.until(lambda tab: tab.var("is_read"))

    assert ada_tab.var("trouble") == "account_needed"
    assert not ada_tab.var("pages")
