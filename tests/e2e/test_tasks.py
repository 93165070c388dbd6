"""One's own tasks: written, ticked, said differently, deleted; guests are invited."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Meet
from tests.support.person import Person
from tests.support.screen import LONG
from tests.support.tasks_page import TasksPage

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]

Look = Callable[[Page], list[str]]
WITHOUT_AUTOFILL = "PublicKeyCredential.isConditionalMediationAvailable = async () => false"
NARROW = {"width": 320, "height": 640}


def with_account(person: Person, *, phone: str = "+39 347 123 4567") -> TasksPage:
    """Return the list of somebody who has just made an account."""
    person.page.add_init_script(WITHOUT_AUTOFILL)
    person.signs_up(person.gets_an_authenticator(), phone=phone)
    return TasksPage(person=person)


@pytest.fixture
def list_of_ada(ada: Person) -> TasksPage:
    """Ada's list, open."""
    page = with_account(ada)
    page.opens()
    return page


def test_a_list_from_the_first_thing_to_the_last(ada: Person, list_of_ada: TasksPage) -> None:
    ada.hears("tasks.none")
    list_of_ada.writes_down("Comprare il latte 🥛", "intero\nnon quello di ieri")
    list_of_ada.writes_down("Chiamare casa")
    expect(ada.field("tasks.new")).to_be_focused()
    expect(ada.page.get_by_role("listitem").first).to_contain_text("Chiamare casa")

    list_of_ada.ticks("Comprare il latte 🥛")
    list_of_ada.shows("open")
    list_of_ada.lists_no_more("Comprare il latte 🥛")
    list_of_ada.shows("done")
    list_of_ada.lists("Comprare il latte 🥛")
    list_of_ada.lists_no_more("Chiamare casa")
    list_of_ada.shows("all")

    list_of_ada.edits("Chiamare casa", to="Chiamare la nonna")
    list_of_ada.lists("Chiamare la nonna")
    expect(list_of_ada.button("tasks.tick", "Chiamare la nonna")).to_be_focused()
    ada.reloads()
    list_of_ada.lists("Chiamare la nonna")
    expect(list_of_ada.button("tasks.reopen", "Comprare il latte 🥛")).to_be_visible()


@pytest.mark.usefixtures("list_of_ada")
def test_a_list_opened_by_itself_says_when_the_line_is_back(ada: Person) -> None:
    ada = ada.opens_another_tab("/tasks")
    ada.hears("tasks.none")

    ada.loses_the_line()
    ada.hears("link.retrying")
    ada.is_back_on_the_line()

    ada.hears("link.back")
    ada.hears_no_more("link.retrying")


def test_deleting_asks_first(ada: Person, list_of_ada: TasksPage) -> None:
    list_of_ada.writes_down("Buttare il biglietto")
    remove = list_of_ada.button("tasks.remove", "Buttare il biglietto")

    remove.click()
    ada.hears("tasks.remove_ask", title="Buttare il biglietto")
    ada.page.keyboard.press("Escape")
    list_of_ada.lists("Buttare il biglietto")
    expect(remove).to_be_focused()
    remove.click()
    ada.presses("tasks.remove_do")

    list_of_ada.lists_no_more("Buttare il biglietto")
    ada.hears("tasks.none")
    expect(ada.page.get_by_role("dialog")).to_have_count(0)


def test_a_refusal_stands_at_its_field(ada: Person, list_of_ada: TasksPage) -> None:
    field = ada.field("tasks.new")
    field.fill("x" * 201)
    field.press("Enter")

    ada.hears("error.invalid_title", max=200)
    expect(field).to_be_focused()
    expect(field).to_have_value("x" * 201)
    field.fill("x" * 200)
    field.press("Enter")
    list_of_ada.lists("x" * 200)
    ada.does_not_hear("error.invalid_title", max=200)


def test_what_another_tab_did_is_found_out(ada: Person, list_of_ada: TasksPage) -> None:
    list_of_ada.writes_down("Una volta sola")
    twin = TasksPage(person=ada.opens_another_tab("/tasks"))
    twin.lists("Una volta sola")
    twin.button("tasks.remove", "Una volta sola").click()
    twin.person.presses("tasks.remove_do")
    twin.lists_no_more("Una volta sola")

    ada.presses("tasks.tick", title="Una volta sola")

    list_of_ada.lists_no_more("Una volta sola")


def test_without_a_line_nothing_typed_is_lost(ada: Person, list_of_ada: TasksPage) -> None:
    ada.field("tasks.new").fill("In galleria")
    ada.loses_the_line()
    ada.presses("tasks.add")

    ada.hears("error.offline")
    expect(ada.field("tasks.new")).to_have_value("In galleria")
    ada.is_back_on_the_line()
    ada.presses("tasks.add")
    list_of_ada.lists("In galleria")


def test_guests_are_invited(ada: Person, chiara: Person) -> None:
    ada.enters()
    ada.presses("account.title")
    ada.page.get_by_role("link", name=ada.words.say("tasks.yours")).click()
    ada.hears("tasks.invite")
    expect(ada.field("tasks.new")).to_have_count(0)

    chiara.opens("/tasks")
    chiara.is_at_the_door()
    chiara.fills_in_the_ticket()
    chiara.page.wait_for_url("**/tasks")
    chiara.hears("tasks.invite")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_has_no_barrier_and_no_width(meet: Meet, axe: Look, scheme: str) -> None:
    ada = meet("Ada", color_scheme=scheme, viewport=NARROW)
    page = with_account(ada)
    page.opens()
    page.writes_down("Unaparolalunghissima" * 10, "Unadescrizionelunghissima" * 20)
    page.ticks("Unaparolalunghissima" * 10)
    page.writes_down("Breve")
    assert axe(ada.page) == []

    ada.presses("tasks.edit", title="Breve")
    expect(ada.field("tasks.title")).to_be_visible(timeout=LONG)
    assert axe(ada.page) == []
    assert ada.page.evaluate("document.documentElement.scrollWidth") <= 320


def test_nobody_sees_anybody_elses(ada: Person, bruno: Person, list_of_ada: TasksPage) -> None:
    list_of_ada.writes_down("Segreto di Ada")
    page = with_account(bruno, phone="+39 347 999 8877")
    page.opens()

    bruno.hears("tasks.none")
    bruno.does_not_see("Segreto di Ada")
