"""Conversations: one goes on, several are kept apart, on two screens and without a line."""

import re

import pytest
from playwright.sync_api import expect

from tests.support.assistant_page import (
    BIKE,
    BIKE_ANSWER,
    LOST,
    LOST_ANSWER,
    AssistantPage,
    with_account,
)
from tests.support.past import asked_long_ago
from tests.support.person import Person
from tests.support.screen import LONG
from tests.support.server import Server

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]


def test_a_conversation_goes_on_and_outlives_a_reload(
    ada: Person, page_of_ada: AssistantPage
) -> None:
    page_of_ada.is_asked_and_answered(BIKE, BIKE_ANSWER)
    page_of_ada.asks("E quanto costa?")
    expect(page_of_ada.answers).to_have_count(2, timeout=LONG)
    page_of_ada.is_answered("Fonti")
    ada.reloads()

    expect(page_of_ada.question(BIKE)).to_be_visible(timeout=LONG)
    expect(page_of_ada.question("E quanto costa?")).to_be_visible()
    expect(page_of_ada.answers).to_have_count(2)
    expect(ada.page.get_by_role("heading", level=1)).to_have_text(BIKE)


def test_conversations_are_switched_sought_renamed_and_deleted(
    server: Server, ada: Person, page_of_ada: AssistantPage
) -> None:
    page_of_ada.is_asked_and_answered(BIKE, BIKE_ANSWER)
    page_of_ada.begins()
    page_of_ada.is_asked_and_answered(LOST, LOST_ANSWER)
    page_of_ada.lists(LOST, BIKE)

    page_of_ada.conversation(BIKE).click()
    expect(page_of_ada.question(BIKE)).to_be_visible(timeout=LONG)
    expect(page_of_ada.question(LOST)).to_have_count(0)
    page_of_ada.searches("OMBRELLO")
    page_of_ada.lists(LOST)
    expect(ada.page.locator("mark").first).to_have_text("ombrello")
    page_of_ada.searches("nessuno lo ha chiesto")
    ada.hears("ai.none_found")
    page_of_ada.searches("")
    page_of_ada.lists(LOST, BIKE)
    asked_long_ago(server, BIKE)
    since = ada.page.get_by_role("combobox", name=ada.words.say("ai.since"))
    since.select_option(ada.words.say("ai.since_7"))
    page_of_ada.lists(LOST)
    since.select_option(ada.words.say("ai.since_0"))
    page_of_ada.lists(LOST, BIKE)

    ada.presses("ai.manage")
    ada.field("ai.name").fill("Due ruote")
    ada.presses("account.save")
    expect(ada.page.get_by_role("heading", level=1)).to_have_text("Due ruote")
    ada.presses("ai.manage")
    ada.presses("ai.remove")
    ada.hears("ai.remove_ask", title="Due ruote")
    ada.presses("ai.remove_do")
    page_of_ada.lists(LOST)
    expect(ada.page).to_have_url(re.compile("/assistant$"))


def test_a_draft_stays_with_its_conversation(ada: Person, page_of_ada: AssistantPage) -> None:
    page_of_ada.is_asked_and_answered(BIKE, BIKE_ANSWER)
    page_of_ada.field.fill("E di notte")
    page_of_ada.begins()
    expect(page_of_ada.field).to_have_value("")
    page_of_ada.field.press("Shift+Enter")
    page_of_ada.field.fill("Altro")
    ada.reloads()
    expect(page_of_ada.field).to_have_value("Altro", timeout=LONG)

    page_of_ada.conversation(BIKE).click()
    expect(page_of_ada.field).to_have_value("E di notte", timeout=LONG)


def test_two_screens_of_one_person_show_the_same(ada: Person, page_of_ada: AssistantPage) -> None:
    page_of_ada.is_asked_and_answered(BIKE, BIKE_ANSWER)
    twin = AssistantPage(person=ada.opens_another_tab(ada.page.url))
    expect(twin.question(BIKE)).to_be_visible(timeout=LONG)

    twin.is_asked_and_answered(LOST, LOST_ANSWER)

    expect(page_of_ada.question(LOST)).to_be_visible(timeout=LONG)
    page_of_ada.is_answered(LOST_ANSWER)
    ada.presses("ai.manage")
    ada.presses("ai.remove")
    ada.presses("ai.remove_do")
    expect(twin.question(BIKE)).to_have_count(0, timeout=LONG)
    twin.lists()


def test_without_a_line_a_question_waits_and_goes_by_itself(
    ada: Person, page_of_ada: AssistantPage
) -> None:
    ada.loses_the_line()
    page_of_ada.asks(BIKE)
    ada.hears("message.waiting")
    page_of_ada.asks(LOST)
    ada.is_back_on_the_line()

    expect(page_of_ada.answers).to_have_count(2, timeout=LONG)
    page_of_ada.is_answered(LOST_ANSWER)
    expect(ada.log.locator(".word")).to_have_text([BIKE, LOST])
    ada.hears_no_more("message.waiting")
    page_of_ada.lists(BIKE)


def test_what_was_not_sent_outlives_a_reload(ada: Person, page_of_ada: AssistantPage) -> None:
    ada.page.route("**/api/v1/conversations", lambda route: route.abort())
    page_of_ada.asks(BIKE)
    ada.hears("message.waiting")
    ada.page.unroute_all()
    ada.reloads()

    page_of_ada.is_answered(BIKE_ANSWER)
    expect(page_of_ada.question(BIKE)).to_have_count(1)
    page_of_ada.lists(BIKE)


def test_nobody_opens_anybody_elses(ada: Person, bruno: Person, page_of_ada: AssistantPage) -> None:
    page_of_ada.is_asked_and_answered(BIKE, BIKE_ANSWER)
    page = with_account(bruno, phone="+39 347 999 8877")

    page.opens(ada.page.url)

    bruno.hears("error.conversation_not_found")
    bruno.does_not_see(BIKE)
    bruno.hears("ai.none")
