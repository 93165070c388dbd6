"""Shortcuts: a list of them, another room, and the focus back where it was."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.support.person import Person
from tests.support.screen import PLACE
from tests.support.watched import half_told

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]

Look = Callable[[Page], list[str]]


def test_the_question_mark_lists_the_shortcuts(chiara: Person, axe: Look) -> None:
    chiara.enters()
    chiara.log.focus()

    chiara.page.keyboard.press("?")

    listed = chiara.sheet("keys.title")
    expect(listed).to_be_visible()
    assert axe(chiara.page) == []
    terms = listed.get_by_role("term").all_inner_texts()
    assert [term.split("\n")[0].split()[0] for term in terms[:2]] == ["Enter", "Shift"]
    chiara.page.keyboard.press("Escape")
    expect(listed).to_have_count(0)
    expect(chiara.log).to_be_focused()


def test_a_question_mark_that_is_typed_is_only_typed(ada: Person) -> None:
    ada.enters()
    ada.composer.focus()

    ada.page.keyboard.press("?")

    expect(ada.composer).to_have_value("?")
    expect(ada.sheet("keys.title")).to_have_count(0)


def test_who_wants_no_single_keys_switches_them_off(ada: Person) -> None:
    ada.enters()
    ada.presses("account.title")
    ada.presses("keys.title")
    switch = ada.page.get_by_role("switch", name=ada.words.say("keys.single"))
    expect(switch).to_be_checked()
    switch.click()
    expect(switch).not_to_be_checked()
    ada.page.keyboard.press("Escape")
    expect(ada.page.get_by_role("button", name=ada.words.say("account.title"))).to_be_focused()

    ada.reloads()
    ada.is_in_the_room()
    ada.log.focus()
    ada.page.keyboard.press("?")
    ada.page.keyboard.press("Control+k")

    expect(ada.sheet("rooms.switch")).to_be_visible()
    expect(ada.sheet("keys.title")).to_have_count(0)


def test_who_writes_lines_sends_with_two_keys(ada: Person, bruno: Person) -> None:
    ada.enters()
    bruno.enters()
    ada.presses("account.title")
    ada.presses("keys.title")
    ada.page.get_by_role("switch", name=ada.words.say("keys.enter_sends")).click()
    ada.page.keyboard.press("Escape")
    ada.reloads()
    ada.is_in_the_room()

    ada.composer.focus()
    ada.page.keyboard.type("Prima riga")
    ada.page.keyboard.press("Enter")
    ada.page.keyboard.type("seconda riga")
    expect(ada.composer).to_have_value("Prima riga\nseconda riga")
    ada.page.keyboard.press("Control+Enter")

    bruno.sees("Prima riga\nseconda riga")
    expect(ada.composer).to_have_value("")


def test_another_room_is_found_without_a_mouse(ada: Person, axe: Look) -> None:
    ada.enters()
    ada.composer.focus()

    ada.page.keyboard.press("Control+k")
    expect(ada.page.get_by_role("searchbox", name=ada.words.say("rooms.find"))).to_be_focused()
    assert axe(ada.page) == []
    ada.page.keyboard.type("nessuna come questa")
    ada.hears("rooms.none_found")
    ada.page.keyboard.press("Control+a")
    ada.page.keyboard.type("annu")
    ada.page.keyboard.press("ArrowDown")
    ada.page.keyboard.press("Enter")

    ada.page.wait_for_url(f"**{PLACE}/annunci")
    ada.hears("announce.closed")
    expect(ada.sheet("rooms.switch")).to_have_count(0)
    expect(ada.log).to_be_focused()
    ada.page.keyboard.press("Control+k")
    ada.page.keyboard.type("treno")
    ada.page.keyboard.press("Enter")

    ada.is_in_the_room()
    expect(ada.composer).to_be_focused()


def test_two_keys_pressed_before_the_page_knows_its_room_are_heard(ada: Person) -> None:
    ada.enters()

    with half_told(ada.page):
        ada.reloads()
        ada.is_in_the_room()
        ada.page.keyboard.press("Control+k")

        sought = ada.page.get_by_role("searchbox", name=ada.words.say("rooms.find"))
        expect(sought).to_be_focused()


def test_the_focus_stays_in_the_sheet_and_comes_back(ada: Person) -> None:
    ada.enters()
    ada.composer.focus()
    ada.page.keyboard.press("Control+k")
    switcher = ada.sheet("rooms.switch")

    for key in ("Tab",) * 6 + ("Shift+Tab",) * 6:
        ada.page.keyboard.press(key)
        expect(switcher.locator(":focus")).to_have_count(1)
    ada.page.keyboard.press("Control+k")

    expect(switcher).to_have_count(0)
    expect(ada.composer).to_be_focused()


def test_escape_among_the_messages_leads_to_the_last_one(ada: Person) -> None:
    ada.enters()
    for number in range(30):
        ada.says(f"Fermata {number}")
    ada.sees("Fermata 29")
    first = ada.message("Fermata 0")
    first.scroll_into_view_if_needed()
    expect(ada.message("Fermata 29")).not_to_be_in_viewport()

    ada.log.focus()
    ada.page.keyboard.press("Escape")

    expect(ada.message("Fermata 29")).to_be_in_viewport()
