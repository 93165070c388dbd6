"""Saying it differently: in place, wherever the words are by then, and never losing any."""

import pytest
from playwright.sync_api import expect

from tests.support.person import Person

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]


def test_what_waits_for_the_line_is_changed_in_place(ada: Person, bruno: Person) -> None:
    ada.enters()
    bruno.enters()
    ada.loses_the_line()
    ada.hears("link.retrying")
    for words in ("Uno", "Du", "Tre"):
        ada.says(words)
    ada.hears("message.waiting")

    ada.changes("Du", "Due")
    ada.composer.press("ArrowUp")
    expect(ada.composer).to_have_value("Tre")
    ada.says("Tre e mezzo")
    assert ada.conversation() == ["Uno", "Due", "Tre e mezzo"]
    ada.is_back_on_the_line()

    bruno.sees("Tre e mezzo")
    ada.hears_no_more("message.waiting")
    assert ada.conversation() == bruno.conversation() == ["Uno", "Due", "Tre e mezzo"]


def test_what_was_refused_is_changed_and_goes(ada: Person, bruno: Person) -> None:
    ada.enters()
    bruno.enters()
    ada.says("\u200b")
    refused = ada.log.locator(".failed")
    expect(refused).to_have_count(1)

    ada.composer.press("ArrowUp")
    ada.hears("message.editing")
    ada.says("Adesso si legge")

    bruno.sees("Adesso si legge")
    expect(refused).to_have_count(0)
    assert ada.conversation() == bruno.conversation() == ["Adesso si legge"]


def test_what_was_swallowed_on_its_way_arrives_as_it_was_changed(
    ada: Person, bruno: Person
) -> None:
    ada.enters()
    bruno.enters()
    ada.goes_into_a_tunnel()
    ada.says("Prima")

    ada.changes("Prima", "Dopo")
    ada.is_back_on_the_line()

    bruno.sees("Dopo")
    bruno.does_not_see("Prima")
    ada.sees("Dopo")


def test_a_change_waits_for_the_line_even_through_a_reload(ada: Person, bruno: Person) -> None:
    ada.enters()
    bruno.enters()
    ada.says("Prima")
    bruno.sees("Prima")
    ada.loses_the_line()
    ada.hears("link.retrying")

    ada.changes("Prima", "Dopo")
    ada.hears("message.waiting")
    ada.sees("Dopo")
    ada.is_back_on_the_line()
    ada.reloads()

    bruno.sees("Dopo")
    ada.hears("message.edited")
    ada.sees("Dopo")


def test_a_draft_is_there_again_after_something_else_was_changed(
    ada: Person, bruno: Person
) -> None:
    ada.enters()
    bruno.enters()
    ada.says("Prima")
    bruno.sees("Prima")
    ada.writes("A metà di una fr")

    ada.changes("Prima", "Dopo")
    bruno.sees("Dopo")
    expect(ada.composer).to_have_value("A metà di una fr")
    ada.starts_to_change("Dopo")
    ada.composer.press("Escape")

    expect(ada.composer).to_have_value("A metà di una fr")
