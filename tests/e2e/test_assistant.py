"""The assistant: asked and answered with sources, by page and phone, with a model and without."""

import re
from collections.abc import Callable, Generator

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import UNHURRIED, Meet
from tests.support.assistant_page import IN_A_CONVERSATION, AssistantPage
from tests.support.language_model import LanguageModel, refuses, says, speaking, stalls
from tests.support.past import asked_long_ago
from tests.support.person import LONG, Person
from tests.support.server import Server
from tests.support.staff import PLACE_SLUG, WITHOUT_AUTOFILL, becomes_staff

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]

Look = Callable[[Page], list[str]]
PHONE = {"width": 360, "height": 740}
BIKE, BIKE_ANSWER = "Posso portare la bici sul treno?", "bici"
UNKNOWN = "Chi ha vinto il campionato di scacchi nel 1972?"
LOST, LOST_ANSWER = "Ho perso l’ombrello, che cosa faccio?", "personale"


def with_account(person: Person, *, phone: str = "+39 347 123 4567") -> AssistantPage:
    """Return the page of somebody who has just made an account."""
    person.page.add_init_script(WITHOUT_AUTOFILL)
    person.signs_up(person.gets_an_authenticator(), phone=phone)
    return AssistantPage(person=person)


@pytest.fixture
def page_of_ada(ada: Person) -> AssistantPage:
    """Ada's page, at a new conversation."""
    page = with_account(ada)
    page.opens()
    return page


@pytest.fixture
def model(server: Server) -> Generator[LanguageModel]:
    """A language model, which the server asks; afterwards it asks nobody."""
    with speaking() as model:
        asking = {"ASSISTANT_BASE_URL": model.url, "ASSISTANT_MODEL": "tests"}
        server.restart({**UNHURRIED, **asking, "ASSISTANT_API_KEY": "of-the-tests"})
        yield model
    server.restart(UNHURRIED)


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
    waits.get_by_role("button", name=ada.words.say("desk.settle", question=UNKNOWN)).click()
    expect(waits).to_have_count(0, timeout=LONG)
    bruno.hears("assistant.staff_settled")


def test_a_task_is_written_down_by_saying_so(ada: Person, page_of_ada: AssistantPage) -> None:
    said = ada.words.say("assistant.task_added", title="comprare il latte")
    page_of_ada.is_asked_and_answered("Ricordami di comprare il latte", said)

    ada.hears("ai.by_tasks")
    page_of_ada.answers.last.get_by_role("link", name=ada.words.say("tasks.yours")).click()
    expect(ada.page.get_by_text("comprare il latte", exact=True)).to_be_visible(timeout=LONG)


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


def test_nobody_opens_anybody_elses(ada: Person, bruno: Person, page_of_ada: AssistantPage) -> None:
    page_of_ada.is_asked_and_answered(BIKE, BIKE_ANSWER)
    page = with_account(bruno, phone="+39 347 999 8877")

    page.opens(ada.page.url)

    bruno.hears("error.conversation_not_found")
    bruno.does_not_see(BIKE)
    bruno.hears("ai.none")


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
    assert axe(ada.page) == []
    assert ada.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]

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


def test_a_model_writes_and_is_stopped(ada: Person, model: LanguageModel) -> None:
    model.replies = [stalls("Sì, la bici ", "viaggia ")]
    page = with_account(ada)
    page.opens()

    page.asks(BIKE)
    expect(page.answers.last).to_contain_text("Sì, la bici", timeout=LONG)
    ada.presses("ai.stop")

    ada.hears("ai.stopped")
    page.is_answered("Sì, la bici")
    model.replies = [says("Sì, anche piegata [1].")]
    ada.presses("ai.again")
    page.is_answered("Sì, anche piegata")
    ada.hears("ai.by_model")
    ada.does_not_hear("ai.uncited")
    model.replies = [says("Sì, anche smontata.")]
    ada.presses("ai.again")
    page.is_answered("Sì, anche smontata")
    ada.hears("ai.uncited")


def test_a_model_that_is_away_leaves_the_answer_of_the_pages(
    ada: Person, model: LanguageModel
) -> None:
    model.replies = [refuses(503)]
    page = with_account(ada)
    page.opens()

    page.is_asked_and_answered(BIKE, BIKE_ANSWER)

    ada.hears("ai.degraded")
    ada.hears("ai.by_pages")
