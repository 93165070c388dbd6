"""Coming in, coming back, and going."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Meet
from tests.support.journeys import end_every_session
from tests.support.person import Person
from tests.support.screen import PLACE
from tests.support.server import Server

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]

ANNOUNCEMENTS = f"{PLACE}/annunci"


def test_a_guest_comes_in_and_is_still_there_after_a_reload(ada: Person) -> None:
    ada.enters()
    ada.says("Buongiorno a tutti")

    ada.reloads()

    ada.is_in_the_room()
    ada.sees("Buongiorno a tutti")
    ada.sees_here("Ada")


def test_a_guest_is_still_known_after_a_browser_restart(ada: Person) -> None:
    ada.enters()
    ada.gets_across("Torno subito")

    ada.closes_the_browser()
    ada.starts_the_browser(PLACE + "/treno")

    ada.is_in_the_room()
    ada.sees("Torno subito")


def test_a_stranger_is_led_to_the_door_and_then_where_they_wanted_to_go(bruno: Person) -> None:
    bruno.opens(PLACE + "/treno")
    bruno.is_at_the_door()
    assert 'role="log"' not in bruno.page.content()

    bruno.fills_in_the_ticket()

    bruno.is_in_the_room()
    assert bruno.page.url.endswith(PLACE + "/treno")


def test_who_leaves_in_one_tab_is_gone_in_the_other(ada: Person) -> None:
    ada.enters()
    ada.gets_across("Sono ancora qui")
    other = ada.opens_another_tab()
    other.is_in_the_room()
    other.sees("Sono ancora qui")

    ada.logs_out()

    ada.is_at_the_door()
    ada.does_not_hear("ended.title")
    other.is_at_the_door()
    other.hears("ended.title")
    other.does_not_see("Sono ancora qui")


def test_the_tab_that_was_led_out_leads_back_to_its_room(chiara: Person) -> None:
    chiara.enters()
    other = chiara.opens_another_tab(ANNOUNCEMENTS)
    other.hears("announce.closed")
    chiara.logs_out()
    other.hears("ended.title")
    assert other.page.get_by_role("status").inner_text().startswith("Your visit has ended.")

    other.fills_in_the_ticket()

    other.page.wait_for_url(f"**{ANNOUNCEMENTS}")
    other.hears("announce.closed")


def test_who_comes_back_after_the_end_of_a_session_is_told(ada: Person, server: Server) -> None:
    ada.enters()
    end_every_session(server.database_url)

    ada.reloads()

    ada.is_at_the_door()
    ada.hears("ended.title")


def test_who_goes_on_talking_after_the_end_of_a_session_is_told(
    ada: Person, server: Server
) -> None:
    ada.enters()
    ada.sees_here("Ada")
    end_every_session(server.database_url)

    ada.says("C’è nessuno?")

    ada.is_at_the_door()
    ada.hears("ended.title")
    ada.does_not_see("C’è nessuno?")


def test_the_door_says_nothing_that_an_address_makes_up(ada: Person) -> None:
    ada.opens("/it?ended=Chiama+il+numero+899")

    ada.is_at_the_door()
    ada.hears("ended.title")
    ada.does_not_see("899")


def test_after_leaving_the_way_back_shows_nothing(ada: Person) -> None:
    ada.enters()
    ada.says("Segreto di viaggio")
    ada.sees("Segreto di viaggio")

    ada.logs_out()
    ada.is_at_the_door()
    ada.page.go_back()

    ada.is_at_the_door()
    ada.does_not_see("Segreto di viaggio")


def test_an_alias_that_is_taken_is_refused_beside_the_field(ada: Person, meet: Meet) -> None:
    ada.enters()
    twin = meet("Ada")

    twin.opens()
    twin.fills_in_the_ticket()

    twin.hears("error.alias_taken")
    assert twin.field("entry.alias").input_value() == "Ada"


def test_without_javascript_the_door_still_opens(meet: Meet) -> None:
    dora = meet("Dora", java_script_enabled=False)
    # Where she wants to go is not where `/` leads to.
    dora.opens(f"{PLACE}/annunci")

    dora.hears("noscript.entry")
    dora.fills_in_the_ticket()

    dora.hears("noscript.title")
    expect(dora.page).to_have_url(re.compile(f"{PLACE}/annunci$"))
