"""The pace: what waited for the line goes as fast as the server lets it, in order and once."""

from collections.abc import Generator

import pytest
from playwright.sync_api import expect

from tests.support.person import Person
from tests.support.server import Server

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]

# More than the server takes at once: the rest goes second by second.
AT_ONCE = 5
SAID = [f"Galleria, parola {number}" for number in range(1, 13)]
# Remembers every bubble that is ever shown as failed.
NOTE_FAILURES = """() => {
  window.failures = [];
  new MutationObserver(() => {
    for (const one of document.querySelectorAll(".failed")) window.failures.push(one.innerText);
  }).observe(document.getElementById("log"),
    { childList: true, subtree: true, attributes: true, attributeFilter: ["class"] });
}"""


@pytest.fixture(scope="module", autouse=True)
def _usual_pace(server: Server) -> Generator[None]:
    unhurried = server.settings
    server.restart({**unhurried, "SEND_BURST": str(AT_ONCE)})
    yield
    server.restart(unhurried)


def test_all_that_was_written_in_a_tunnel_arrives_in_order_and_once(
    ada: Person, bruno: Person
) -> None:
    ada.enters()
    bruno.enters()
    ada.loses_the_line()
    ada.hears("link.retrying")
    for words in SAID:
        ada.says(words)
    ada.hears("message.waiting")
    ada.page.evaluate(NOTE_FAILURES)

    ada.is_back_on_the_line()

    ada.hears("message.queued")
    bruno.sees(SAID[-1])
    ada.hears_no_more("message.queued")
    assert ada.conversation() == bruno.conversation() == SAID
    bruno.reloads()
    bruno.sees(SAID[-1])
    assert bruno.conversation() == SAID
    assert ada.page.evaluate("window.failures") == []


def test_signs_first_needed_in_a_tunnel_are_drawn(ada: Person) -> None:
    ada.enters()
    ada.loses_the_line()
    ada.hears("link.retrying")

    ada.says("Si vede?")
    ada.hears("message.waiting")

    clock = ada.log.locator(".waiting .state use")
    expect(clock).to_have_count(1)
    expect(clock).to_be_visible()


def test_what_waits_for_its_turn_can_be_taken_back(ada: Person, bruno: Person) -> None:
    ada.enters()
    bruno.enters()
    ada.loses_the_line()
    ada.hears("link.retrying")
    for words in SAID:
        ada.says(words)

    ada.discards(SAID[0])
    ada.is_back_on_the_line()
    ada.hears("message.queued")
    ada.discards(SAID[-1])

    bruno.sees(SAID[-2])
    ada.hears_no_more("message.queued")
    assert ada.conversation() == bruno.conversation() == SAID[1:-1]
