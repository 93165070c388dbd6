"""@treno: the assistant is asked in the room, and answers there for everybody."""

import os
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import Meet
from tests.support.person import Person
from tests.support.screen import LONG

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]

Look = Callable[[Page], list[str]]
QUESTION = "@treno come si chiama la rete Wi-Fi?"
# A sentence of the page about it, and the page's title.
ANSWER = "il nome della rete è sugli adesivi"
SOURCE = "Fonte: «Wi-Fi e internet a bordo»"


def answer(person: Person) -> Locator:
    """What the assistant said."""
    return person.log.locator(".msg.answer")


def test_a_guest_asks_and_everybody_reads_the_answer(ada: Person, bruno: Person) -> None:
    ada.enters()
    bruno.enters()

    ada.says(QUESTION)

    for person in (ada, bruno):
        expect(answer(person)).to_contain_text(ANSWER, timeout=LONG)
        expect(answer(person)).to_contain_text(SOURCE)
        expect(answer(person)).to_contain_text(person.words.say("room.from_pages"))
    bruno.reloads()
    expect(answer(bruno)).to_contain_text(SOURCE, timeout=LONG)
    bruno.says("Grazie, Ada")
    ada.sees("Grazie, Ada")
    expect(answer(ada)).to_have_count(1)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_answer_has_no_barrier(meet: Meet, axe: Look, scheme: str) -> None:
    ada = meet("Ada", color_scheme=scheme, viewport={"width": 360, "height": 740})
    ada.enters()
    ada.says(QUESTION)
    expect(answer(ada)).to_be_visible(timeout=LONG)
    if shots := os.environ.get("TRENO_SHOTS"):
        ada.page.screenshot(path=f"{shots}/mention-{scheme}.png")

    assert axe(ada.page) == []


def test_who_asks_too_often_is_told_so_alone(meet: Meet) -> None:
    ada, bruno = meet("Ada"), meet("Bruno", language="en")
    ada.enters()
    bruno.enters()

    for _ in range(11):
        bruno.says(QUESTION)

    refused = bruno.page.locator(".notice.stop")
    expect(refused).to_contain_text("@treno doesn’t answer so many questions", timeout=LONG)
    expect(answer(ada)).to_have_count(10, timeout=LONG)
    expect(ada.page.locator(".notice.stop")).to_have_count(0)
