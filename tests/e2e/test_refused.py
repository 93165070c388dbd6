"""Words that are not taken: what is too much for now waits by itself, what is no message stays."""

import re
from collections.abc import Generator

import pytest
from playwright.sync_api import Locator, expect

from tests.support.person import Person
from tests.support.server import Server

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]

SAID = ("Uno", "Due", "Tre")
TOO_MUCH = "Quattro"
# A field takes it for text; to a reader it is nothing.
INVISIBLE = "\u200b"


@pytest.fixture(scope="module", autouse=True)
def _calm(server: Server) -> Generator[None]:
    """Three messages a minute and no more, as long as these journeys last."""
    usual = server.settings
    server.restart({**usual, "SEND_PER_MINUTE": str(len(SAID))})
    yield
    server.restart(usual)


def test_what_is_too_much_waits_and_the_button_tells_how_long(ada: Person, bruno: Person) -> None:
    waiting = _say_too_much(ada, bruno)

    expect(waiting).to_contain_text(_seconds(ada, "message.leaves_in"))
    expect(ada.page.get_by_role("button", name=_seconds(ada, "room.send_in"))).to_be_disabled()
    ada.does_not_hear("message.failed")
    ada.writes("Intanto scrivo")
    ada.composer.press("Enter")
    expect(ada.composer).to_have_value("Intanto scrivo")
    bruno.does_not_see(TOO_MUCH)


def test_trying_before_the_time_keeps_it_waiting(ada: Person, bruno: Person) -> None:
    waiting = _say_too_much(ada, bruno)

    ada.retries()

    expect(waiting).to_have_count(1)
    expect(waiting).to_contain_text(_seconds(ada, "message.leaves_in"))
    bruno.does_not_see(TOO_MUCH)


def test_what_waits_and_is_deleted_is_never_sent(ada: Person, bruno: Person) -> None:
    waiting = _say_too_much(ada, bruno)

    ada.presses("message.discard")

    expect(waiting).to_have_count(0)
    send = ada.page.get_by_role("button", name=ada.words.say("room.send"), exact=True)
    expect(send).to_be_enabled()
    ada.reloads()
    ada.sees(SAID[-1])
    assert ada.conversation() == bruno.conversation() == list(SAID)


def test_what_waits_survives_a_reload(ada: Person, bruno: Person) -> None:
    waiting = _say_too_much(ada, bruno)

    ada.reloads()
    ada.is_in_the_room()

    expect(waiting).to_contain_text(_seconds(ada, "message.leaves_in"))


def test_what_is_no_message_stays_until_the_person_decides(ada: Person, bruno: Person) -> None:
    ada.enters()
    bruno.enters()
    ada.says(INVISIBLE)
    refused = ada.log.locator(".failed")
    expect(refused).to_contain_text(ada.words.say("message.failed"))

    ada.retries()
    expect(refused).to_contain_text(ada.words.say("error.message_empty"))
    ada.says("Uno")
    bruno.sees("Uno")
    ada.reloads()
    expect(refused).to_have_count(1)
    ada.presses("message.discard")

    expect(refused).to_have_count(0)
    ada.sees("Uno")
    assert ada.conversation() == bruno.conversation() == ["Uno"]


def test_an_edit_that_is_too_much_gives_the_words_back(ada: Person, bruno: Person) -> None:
    ada.enters()
    bruno.enters()
    for words in SAID:
        ada.says(words)
    bruno.sees(SAID[-1])
    expect(ada.log.locator(".sending")).to_have_count(0)

    ada.composer.press("ArrowUp")
    expect(ada.composer).to_have_value(SAID[-1])
    ada.says("Tre e mezzo")

    expect(ada.page.get_by_text(_seconds(ada, "error.too_fast", "seconds"))).to_be_visible()
    expect(ada.composer).to_have_value("Tre e mezzo")
    ada.hears("message.editing")
    bruno.does_not_see("Tre e mezzo")


def _say_too_much(ada: Person, bruno: Person) -> Locator:
    """Let Ada say one thing more than a minute has room for; return the bubble that waits."""
    ada.enters()
    bruno.enters()
    for words in (*SAID, TOO_MUCH):
        ada.says(words)
    bruno.sees(SAID[-1])
    waiting = ada.log.get_by_role("listitem").filter(has_text=TOO_MUCH)
    expect(waiting).to_have_count(1)
    return waiting


def _seconds(ada: Person, key: str, name: str = "n") -> re.Pattern[str]:
    return re.compile(re.escape(ada.words.say(key, **{name: 0})).replace("0", r"\d+"))
