"""Coming in, coming back, and going."""

import pytest

from tests.e2e.conftest import Meet
from tests.support.person import PLACE, Person

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]


def test_a_guest_comes_in_and_is_still_there_after_a_reload(ada: Person) -> None:
    ada.enters()
    ada.says("Buongiorno a tutti")

    ada.reloads()

    ada.is_in_the_room()
    ada.sees("Buongiorno a tutti")
    ada.sees_here("Ada")


def test_a_guest_is_still_known_after_a_browser_restart(ada: Person) -> None:
    ada.enters()
    ada.says("Torno subito")

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
    ada.says("Sono ancora qui")
    other = ada.opens_another_tab()
    other.is_in_the_room()
    other.sees("Sono ancora qui")

    ada.logs_out()

    ada.is_at_the_door()
    other.is_out()
    other.does_not_see("Sono ancora qui")


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
    dora.opens()

    dora.hears("noscript.entry")
    dora.fills_in_the_ticket()

    dora.hears("noscript.title")
