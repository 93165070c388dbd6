"""Talking: live, in order, over cuts and restarts."""

import pytest
from playwright.sync_api import expect

from tests.support.person import Person
from tests.support.screen import LONG
from tests.support.server import Server
from tests.support.watched import half_told

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]

MISCHIEF = (
    "<img src=x onerror=alert(1)>",
    "<script>alert(1)</script>",
    "[premi](javascript:alert(1))",
    "{{7*7}} ${7*7} </textarea><svg onload=alert(1)>",
)


def test_two_people_talk_both_ways(ada: Person, bruno: Person) -> None:
    ada.enters()
    bruno.enters()

    ada.says("C'è posto vicino al finestrino?")
    bruno.sees("C'è posto vicino al finestrino?")
    bruno.says("Sì, carrozza tre")

    ada.sees("Sì, carrozza tre")
    assert ada.conversation() == bruno.conversation()


def test_what_was_said_is_there_after_the_server_restarts(
    ada: Person, bruno: Person, server: Server
) -> None:
    ada.enters()
    ada.says("Prima della pausa")
    ada.sees("Prima della pausa")

    assert server.stop() == 0
    server.start()

    ada.says("Dopo la pausa")
    ada.sees("Dopo la pausa")
    bruno.enters()
    bruno.sees("Prima della pausa")
    bruno.sees("Dopo la pausa")


def test_after_a_cut_what_was_missed_is_caught_up(ada: Person, bruno: Person) -> None:
    ada.enters()
    bruno.enters()
    ada.says("Uno")
    bruno.sees("Uno")

    bruno.loses_the_line()
    ada.says("Due")
    ada.says("Tre")
    ada.sees("Tre")
    bruno.hears("link.retrying")
    bruno.is_back_on_the_line()

    bruno.sees("Due")
    bruno.sees("Tre")
    bruno.hears_no_more("link.retrying")
    assert bruno.conversation() == ada.conversation()


def test_after_a_tunnel_nothing_is_lost_or_doubled(ada: Person, bruno: Person) -> None:
    ada.enters()
    bruno.enters()

    bruno.goes_into_a_tunnel()
    bruno.says("Si sente?")
    ada.says("Galleria!")
    bruno.hears("link.retrying")
    bruno.is_back_on_the_line()

    bruno.sees("Galleria!")
    ada.sees("Si sente?")
    bruno.sees("Si sente?")


def test_a_message_without_a_line_waits_and_goes_when_it_is_back(
    ada: Person, bruno: Person
) -> None:
    ada.enters()
    bruno.enters()

    ada.loses_the_line()
    ada.says("Mi senti?")
    ada.sees("Mi senti?")
    bruno.does_not_see("Mi senti?")
    ada.is_back_on_the_line()

    bruno.sees("Mi senti?")
    ada.sees("Mi senti?")


def test_a_waiting_message_survives_a_reload(ada: Person, bruno: Person) -> None:
    ada.enters()
    bruno.enters()
    ada.loses_the_line()
    ada.says("Non perderti")
    ada.sees("Non perderti")

    ada.is_back_on_the_line()
    ada.reloads()

    bruno.sees("Non perderti")
    ada.sees("Non perderti")


@pytest.mark.parametrize("mischief", MISCHIEF)
def test_mischief_is_shown_as_text(ada: Person, bruno: Person, mischief: str) -> None:
    ada.enters()
    bruno.enters()

    ada.says(mischief)

    bruno.sees(mischief)
    ada.reloads()
    ada.sees(mischief)


def test_a_draft_survives_a_reload(ada: Person) -> None:
    ada.enters()
    ada.sees_here("Ada")
    ada.writes("A metà di un pensiero")

    ada.reloads()

    expect(ada.composer).to_have_value("A metà di un pensiero", timeout=LONG)


def test_who_sends_before_the_page_knows_its_room_is_heard(ada: Person, bruno: Person) -> None:
    ada.enters()
    bruno.enters()

    with half_told(ada.page):
        ada.reloads()
        ada.says("Detto in fretta")
        expect(ada.composer).to_have_value("Detto in fretta")

    bruno.sees("Detto in fretta")
    expect(ada.composer).to_have_value("")
