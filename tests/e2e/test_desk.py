"""The desk: staff answer what no page answered, and keep the pages of their place."""

import os
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import Meet
from tests.support.past import nobody_answered
from tests.support.person import Person
from tests.support.screen import LONG
from tests.support.server import Server
from tests.support.staff import PLACE_SLUG, becomes_staff

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]

Look = Callable[[Page], list[str]]
DESK = f"/desk/{PLACE_SLUG}"
QUESTION = "C’è un barbiere a bordo?"
NARROW = {"width": 320, "height": 640}


def page_named(person: Person, title: str) -> Locator:
    """What the list of pages says of one."""
    pages = person.page.locator("#pages")
    return pages.get_by_role("listitem").filter(has_text=title)


def test_a_question_is_answered_by_a_page(server: Server, ada: Person) -> None:
    nobody_answered(server, QUESTION)
    becomes_staff(server, ada)
    ada.opens(DESK)
    expect(ada.page.get_by_text(QUESTION)).to_be_visible(timeout=LONG)

    ada.presses("desk.answer_it", question=QUESTION)
    expect(ada.field("desk.page_title")).to_have_value(QUESTION)
    expect(ada.field("desk.page_title")).to_be_focused()
    ada.field("desk.page_title").fill("Il barbiere")
    ada.field("desk.body").fill("Il barbiere è aperto {hours} ore.")
    ada.presses("desk.keep")
    ada.hears(
        "error.page_figure",
        name="hours",
        known="grace_hours, guest_hours, recovery_hours, retention_hours",
    )
    expect(ada.field("desk.body")).to_be_focused()
    ada.field("desk.body").fill("Il barbiere è nella carrozza 9.")
    ada.presses("desk.keep")

    ada.hears("desk.said_answered")
    ada.hears("desk.no_questions")
    expect(page_named(ada, "Il barbiere")).to_contain_text("il-barbiere", timeout=LONG)


def test_a_page_is_written_changed_and_deleted(server: Server, ada: Person) -> None:
    nobody_answered(server, QUESTION)
    becomes_staff(server, ada)
    ada.opens(DESK)

    ada.presses("desk.write")
    ada.field("desk.page_title").fill("Le docce")
    ada.field("desk.body").fill("Le docce sono in coda.")
    ada.presses("desk.keep")
    ada.hears("desk.said_kept")
    expect(page_named(ada, "Le docce")).to_have_count(1, timeout=LONG)

    ada.presses("desk.edit", title="Le docce")
    expect(ada.field("desk.body")).to_have_value("Le docce sono in coda.")
    ada.field("desk.page_title").fill("Le docce calde")
    ada.presses("desk.keep")
    expect(page_named(ada, "Le docce calde")).to_have_count(1, timeout=LONG)

    ada.presses("desk.remove", title="Le docce calde")
    ada.hears("desk.remove_ask", title="Le docce calde")
    ada.presses("desk.remove_do")
    ada.hears("desk.no_pages")
    ada.presses("desk.settle", question=QUESTION)
    ada.hears("desk.no_questions")


def test_two_who_write_the_same_page_do_not_write_over_each_other_unseen(
    server: Server, ada: Person, bruno: Person
) -> None:
    nobody_answered(server, QUESTION)
    for person in (ada, bruno):
        becomes_staff(server, person)
        person.opens(DESK)
    ada.presses("desk.write")
    ada.field("desk.page_title").fill("Le docce")
    ada.field("desk.body").fill("Le docce sono in coda.")
    ada.presses("desk.keep")
    # Nobody looked again: it came by itself.
    expect(page_named(bruno, "Le docce")).to_have_count(1, timeout=LONG)

    for person, body in ((bruno, "In testa."), (ada, "In mezzo.")):
        person.presses("desk.edit", title="Le docce")
        expect(person.field("desk.body")).to_have_value("Le docce sono in coda.")
        person.field("desk.body").fill(body)
    ada.presses("desk.keep")
    ada.hears("desk.said_kept")
    bruno.hears("desk.changed_meanwhile")
    expect(bruno.field("desk.body")).to_have_value("In testa.")

    bruno.presses("desk.keep")
    bruno.hears("error.page_changed")
    bruno.presses("desk.keep")
    bruno.hears("desk.said_kept")
    ada.presses("desk.edit", title="Le docce")
    expect(ada.field("desk.body")).to_have_value("In testa.")


def test_whoever_is_not_staff_is_told_so(server: Server, ada: Person) -> None:
    nobody_answered(server, QUESTION)
    ada.enters()
    ada.opens(DESK)

    ada.hears("error.account_needed")
    ada.does_not_see(QUESTION)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_has_no_barrier_and_no_width(server: Server, meet: Meet, axe: Look, scheme: str) -> None:
    nobody_answered(server, QUESTION)
    ada = meet("Ada", color_scheme=scheme, viewport=NARROW)
    becomes_staff(server, ada)
    ada.opens(DESK)
    ada.presses("desk.answer_it", question=QUESTION)
    expect(ada.field("desk.body")).to_be_visible(timeout=LONG)
    if shots := os.environ.get("TRENO_SHOTS"):
        ada.page.screenshot(path=f"{shots}/desk-{scheme}.png", full_page=True)

    assert axe(ada.page) == []
    assert ada.page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
