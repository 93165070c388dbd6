"""The assistant: asked and answered with sources, by page and phone, in both languages."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Meet
from tests.support.assistant_page import (
    BIKE,
    BIKE_ANSWER,
    IN_A_CONVERSATION,
    LOST,
    LOST_ANSWER,
    AssistantPage,
    with_account,
)
from tests.support.person import Person
from tests.support.screen import LONG
from tests.support.server import Server
from tests.support.staff import PLACE_SLUG, becomes_staff

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]

Look = Callable[[Page], list[str]]
PHONE = {"width": 360, "height": 740}
UNKNOWN = "Chi ha vinto il campionato di scacchi nel 1972?"


def test_a_question_is_answered_with_its_source(ada: Person, page_of_ada: AssistantPage) -> None:
    page_of_ada.is_asked_and_answered(BIKE, BIKE_ANSWER)

    expect(ada.page).to_have_url(IN_A_CONVERSATION)
    expect(page_of_ada.field).to_be_focused()
    ada.hears("ai.by_pages")
    page_of_ada.lists(BIKE)
    last = ada.page.locator(".conv .last")
    expect(last).to_contain_text(BIKE_ANSWER)
    expect(last).not_to_contain_text("[1]")
    ada.page.get_by_role("button", name=ada.words.say("ai.source_n", n=1)).first.click()
    expect(page_of_ada.guide.locator("mark")).to_be_visible(timeout=LONG)
    expect(page_of_ada.guide).to_contain_text(ada.words.say("ai.in_it"))
    ada.page.keyboard.press("Escape")
    expect(page_of_ada.guide).to_have_count(0)


def test_an_answer_is_rated_and_written_anew(ada: Person, page_of_ada: AssistantPage) -> None:
    page_of_ada.is_asked_and_answered(BIKE, BIKE_ANSWER)

    ada.presses("ai.useful")
    expect(page_of_ada.button("ai.useful")).to_have_attribute("aria-pressed", "true")
    ada.presses("ai.useless")
    expect(page_of_ada.button("ai.useful")).to_have_attribute("aria-pressed", "false")
    ada.reloads()
    expect(page_of_ada.button("ai.useless")).to_have_attribute("aria-pressed", "true", timeout=LONG)
    ada.presses("ai.again")
    ada.hears("ai.earlier")
    expect(page_of_ada.answers).to_have_count(1)


def test_what_the_pages_do_not_say_is_not_invented(ada: Person, page_of_ada: AssistantPage) -> None:
    page_of_ada.is_asked_and_answered(UNKNOWN, ada.words.say("assistant.refusal")[:40])

    ada.hears("ai.handoff")


def test_staff_are_asked_and_answer_in_the_conversation(
    server: Server, ada: Person, bruno: Person
) -> None:
    page = with_account(bruno, phone="+39 347 999 8877")
    page.opens()
    page.is_asked_and_answered(UNKNOWN, bruno.words.say("assistant.refusal")[:40])
    bruno.presses("ai.handoff")
    bruno.hears("error.no_staff")

    becomes_staff(server, ada)
    ada.opens(f"/desk/{PLACE_SLUG}")
    waits = ada.page.locator("#questions").get_by_role("listitem").filter(has_text=UNKNOWN)
    expect(waits).to_contain_text(ada.words.say("desk.kind_unanswered"), timeout=LONG)
    bruno.presses("ai.handoff")
    bruno.hears("assistant.handed_over")
    bruno.hears("ai.handed")

    # Without anything done at the desk; and it waits there once, for both reasons.
    expect(waits).to_contain_text("Bruno", timeout=LONG)
    expect(waits).to_contain_text(ada.words.say("desk.kind_unanswered"))
    ada.hears("desk.said_handed_over")
    expect(waits).to_have_count(1)
    another = ada.opens_another_tab(f"/desk/{PLACE_SLUG}")
    waits_there = another.page.locator("#questions").get_by_role("listitem")
    waits_there = waits_there.filter(has_text=UNKNOWN)
    expect(waits_there).to_have_count(1, timeout=LONG)
    waits.get_by_role("button", name=ada.words.say("desk.settle", question=UNKNOWN)).click()
    expect(waits).to_have_count(0, timeout=LONG)
    expect(waits_there).to_have_count(0, timeout=LONG)
    bruno.hears("assistant.staff_settled")


def test_a_task_is_written_down_by_saying_so(ada: Person, page_of_ada: AssistantPage) -> None:
    said = ada.words.say("assistant.task_added", title="comprare il latte")
    page_of_ada.is_asked_and_answered("Ricordami di comprare il latte", said)

    ada.hears("ai.by_tasks")
    page_of_ada.answers.last.get_by_role("link", name=ada.words.say("tasks.yours")).click()
    expect(ada.page.get_by_text("comprare il latte", exact=True)).to_be_visible(timeout=LONG)


def test_in_english_the_pages_answer_in_english(chiara: Person) -> None:
    page = with_account(chiara)
    page.opens()

    page.is_asked_and_answered(chiara.words.say("ai.suggest_two"), "bike")

    chiara.hears("ai.by_pages")
    chiara.does_not_hear("ai.in_it")


def test_guests_are_invited(ada: Person, chiara: Person) -> None:
    ada.enters()
    ada.page.get_by_role("link", name=ada.words.say("ai.title")).first.click()
    ada.hears("ai.invite")
    expect(ada.field("ai.question")).to_have_count(0)

    chiara.opens("/assistant")
    chiara.is_at_the_door()
    chiara.fills_in_the_ticket()
    chiara.page.wait_for_url("**/assistant")
    chiara.hears("ai.invite")


def test_the_question_mark_lists_the_keys(ada: Person, page_of_ada: AssistantPage) -> None:
    page_of_ada.field.press("?")
    expect(page_of_ada.field).to_have_value("?")
    page_of_ada.field.fill("")
    ada.log.press("?")
    expect(ada.sheet("keys.title")).to_be_visible()
    ada.page.keyboard.press("Escape")
    ada.page.keyboard.press("Control+k")
    expect(ada.page.get_by_role("searchbox")).to_be_focused()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_phone_there_is_one_pane_and_no_barrier(meet: Meet, axe: Look, scheme: str) -> None:
    ada = meet("Ada", color_scheme=scheme, viewport=PHONE)
    page = with_account(ada)
    page.opens()
    assert axe(ada.page) == []
    page.is_asked_and_answered(BIKE, BIKE_ANSWER)
    page.is_asked_and_answered(LOST, LOST_ANSWER)
    assert axe(ada.page) == []
    assert ada.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    # The conversation scrolls, and not the page around it.
    assert ada.page.evaluate("document.documentElement.scrollHeight") <= PHONE["height"]

    ada.page.get_by_role("button", name=ada.words.say("ai.source_n", n=1)).first.click()
    expect(page.guide.locator("mark")).to_be_visible(timeout=LONG)
    assert axe(ada.page) == []
    ada.presses("app.close")
    ada.page.get_by_role("link", name=ada.words.say("ai.back")).click()
    page.lists(BIKE)
    expect(page.field).to_be_hidden()
    assert axe(ada.page) == []
    page.conversation(BIKE).click()
    expect(page.question(BIKE)).to_be_visible(timeout=LONG)
