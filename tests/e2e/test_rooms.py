"""The list of rooms, who is here, and what a room says of itself."""

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e.conftest import Meet
from tests.support.person import Person
from tests.support.screen import LONG, PLACE, ROOM

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]

PHONE = {"width": 360, "height": 740}


def test_a_room_that_was_left_with_words_unsent_says_so(ada: Person) -> None:
    ada.enters()
    ada.writes("Arrivo subito")
    draft = ada.words.say("rooms.draft")

    room(ada, "Annunci").click()

    left = room(ada, "Treno Lucca–Aulla")
    expect(left).to_contain_text(f"{draft}: Arrivo subito")
    expect(room(ada, "Annunci")).not_to_contain_text(draft)
    left.click()
    ada.is_in_the_room()
    expect(ada.composer).to_have_value("Arrivo subito")
    ada.presses("room.send")
    ada.sees("Arrivo subito")
    room(ada, "Annunci").click()
    expect(left).not_to_contain_text(draft)


@pytest.mark.parametrize("is_anew", [False, True])
def test_on_a_phone_the_list_shows_the_draft_and_the_room_has_it(
    meet: Meet, *, is_anew: bool
) -> None:
    ada = meet("Ada", viewport=PHONE)
    ada.enters()
    ada.writes("Un momento")

    ada.page.get_by_role("link", name=ada.words.say("rooms.back")).click()
    ada.page.wait_for_url(f"**{PLACE}")
    if is_anew:
        ada.reloads()

    left = room(ada, "Treno Lucca–Aulla")
    expect(left).to_contain_text(f"{ada.words.say('rooms.draft')}: Un momento")
    left.click()
    ada.is_in_the_room()
    expect(ada.composer).to_have_value("Un momento")


def test_on_a_phone_what_is_said_while_one_looks_at_the_list_is_unread(
    meet: Meet, bruno: Person
) -> None:
    ada = meet("Ada", viewport=PHONE)
    ada.enters()
    bruno.enters()
    ada.page.get_by_role("link", name=ada.words.say("rooms.back")).click()
    ada.page.wait_for_url(f"**{PLACE}")
    ada.hears("place.here_now.other", n=2)
    listed = room(ada, "Treno Lucca–Aulla")
    expect(listed.locator(".count")).to_have_count(0)

    bruno.says("Ci siamo")
    bruno.says("Si scende")
    expect(listed).to_contain_text("Bruno: Si scende", timeout=LONG)
    expect(listed).to_contain_text(ada.words.say("rooms.unread", n=2))

    listed.click()
    ada.sees("Ci siamo")
    ada.hears("room.new_from_here")


def test_a_room_in_which_nothing_was_said_says_so_in_the_list(chiara: Person) -> None:
    chiara.enters()

    expect(room(chiara, "Treno Lucca–Aulla")).to_contain_text(chiara.words.say("rooms.quiet"))
    expect(room(chiara, "Annunci")).to_contain_text(chiara.words.say("announce.none"))


def test_without_a_line_the_bar_says_so_and_counts_nobody(ada: Person) -> None:
    ada.enters()
    ada.opens(ROOM)
    bar = ada.page.locator("main .bar")
    expect(bar).to_contain_text(ada.words.count("place.here", 1), timeout=LONG)

    ada.loses_the_line()

    expect(bar).to_contain_text(ada.words.say("link.none"), timeout=LONG)
    expect(bar).not_to_contain_text(ada.words.count("place.here", 1))
    ada.is_back_on_the_line()
    expect(bar).to_contain_text(ada.words.count("place.here", 1), timeout=LONG)


def test_nobody_is_counted_before_somebody_is_known_to_be_here(ada: Person) -> None:
    ada.enters()
    ada.page.add_init_script(NOTED)

    ada.reloads()
    ada.is_in_the_room()
    expect(ada.page.locator("main .bar")).to_contain_text(
        ada.words.count("place.here", 1), timeout=LONG
    )

    said = ada.page.evaluate("window.said")
    assert said
    assert [line for line in said if re.search(r"undefined|\b0\b", line)] == []


def test_everybody_finds_themselves_among_those_who_are_here(ada: Person, bruno: Person) -> None:
    ada.enters()
    bruno.enters()
    here = ada.page.get_by_role("complementary", name=ada.words.say("people.title"))

    ada.sees_here("Bruno")

    me = here.get_by_role("listitem").filter(has_text="Ada")
    expect(me.get_by_text(ada.words.say("people.you"), exact=True)).to_be_visible()
    expect(here.get_by_text(ada.words.say("people.you"), exact=True)).to_have_count(1)


def test_an_address_that_leads_nowhere_leads_home(chiara: Person) -> None:
    chiara.opens("/nowhere")

    chiara.hears("lost.title")
    chiara.page.get_by_role("link", name=chiara.words.say("lost.home")).click()

    chiara.is_at_the_door()


def room(person: Person, name: str) -> Locator:
    """The row of a room in the list."""
    rooms = person.page.get_by_role("navigation", name=person.words.say("rooms.title"))
    return rooms.get_by_role("link").filter(has_text=name)


# Everything that is ever said of how many are here.
NOTED = """
window.said = [];
new MutationObserver(() => {
  for (const one of document.querySelectorAll(".bar .line, .plate .under"))
    if (!window.said.includes(one.innerText)) window.said.push(one.innerText);
}).observe(document, { childList: true, subtree: true, characterData: true });
"""
