"""Words that were refused: they stay on their bubble until the person says what becomes of them."""

from collections.abc import Generator, Mapping

import pytest
from playwright.sync_api import Locator, expect

from tests.support.person import Person
from tests.support.server import Server

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]

SAID = ("Uno", "Due", "Tre")
TOO_MUCH = "Quattro"


@pytest.fixture(scope="module", autouse=True)
def _calm(server: Server) -> Generator[None]:
    """Three messages at once and no more, as long as these journeys last."""
    usual = server.settings
    _restart(server, {**usual, "SEND_BURST": str(len(SAID))})
    yield
    _restart(server, usual)


def test_a_refused_message_is_sent_once_when_the_person_tries_again(
    ada: Person, bruno: Person
) -> None:
    refused = _say_too_much(ada, bruno)
    expect(refused).to_contain_text(ada.words.say("message.failed"))

    # The button waits as long as the refusal said.
    ada.retries()

    bruno.sees(TOO_MUCH)
    expect(refused).to_have_count(0)
    ada.reloads()
    ada.sees(TOO_MUCH)
    assert ada.conversation() == bruno.conversation() == [*SAID, TOO_MUCH]


def test_a_refused_message_that_is_deleted_is_never_sent(ada: Person, bruno: Person) -> None:
    refused = _say_too_much(ada, bruno)

    ada.presses("message.discard")

    expect(refused).to_have_count(0)
    ada.reloads()
    ada.sees(SAID[-1])
    assert ada.conversation() == bruno.conversation() == list(SAID)


def test_a_refused_message_survives_a_reload(ada: Person, bruno: Person) -> None:
    refused = _say_too_much(ada, bruno)

    ada.reloads()
    ada.is_in_the_room()

    expect(refused).to_contain_text(TOO_MUCH)
    ada.retries()
    bruno.sees(TOO_MUCH)


def _say_too_much(ada: Person, bruno: Person) -> Locator:
    """Let Ada say it all at once, as the end of a tunnel does; return the bubble that failed."""
    ada.enters()
    bruno.enters()
    ada.loses_the_line()
    ada.hears("link.retrying")
    for words in (*SAID, TOO_MUCH):
        ada.says(words)
    ada.is_back_on_the_line()
    bruno.sees(SAID[-1])
    refused = ada.log.get_by_role("listitem").filter(
        has=ada.page.get_by_role("button", name=ada.words.say("message.retry"))
    )
    expect(refused).to_contain_text(TOO_MUCH)
    return refused


def _restart(server: Server, settings: Mapping[str, str]) -> None:
    assert server.stop() == 0
    server.settings = settings
    server.start()
