"""Leaving no trace: ten seconds to think again, then the proof, and tombstones for the others."""

import pytest
from playwright.sync_api import expect

from tests.support.account_page import AccountPage
from tests.support.authenticator_cdp import BrowserAuthenticator
from tests.support.person import Person
from tests.support.screen import LONG

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]

PHONE = "+39 347 123 4567"


@pytest.fixture
def device(ada: Person) -> BrowserAuthenticator:
    """What Ada keeps her passkey on; she has an account, and has said something."""
    device = ada.gets_an_authenticator()
    ada.signs_up(device, phone=PHONE)
    ada.says("Ci sono stata")
    return device


def _is_told(person: Person) -> None:
    done = person.page.get_by_role("heading", name=person.words.say("erase.done"), exact=True)
    expect(done).to_be_visible(timeout=LONG)


def test_who_thinks_again_keeps_everything(
    ada: Person, device: BrowserAuthenticator, bruno: Person
) -> None:
    bruno.enters()
    account = AccountPage(person=ada)
    account.opens()
    account.erases_everything()
    ada.reloads()
    ada.hears("erase.counting")

    ada.presses("erase.stay")

    account.is_there()
    ada.hears_no_more("erase.counting")
    ada.reloads()
    account.is_there()
    bruno.sees("Ci sono stata")


def test_who_does_not_is_gone_from_every_screen(
    ada: Person, device: BrowserAuthenticator, bruno: Person
) -> None:
    bruno.enters()
    bruno.sees("Ci sono stata")
    account = AccountPage(person=ada)
    account.opens()

    account.erases_everything()

    _is_told(ada)
    for kind in ("messages", "sessions", "passkeys", "phone"):
        ada.hears(f"erased.{kind}")
    bruno.hears("message.left")
    bruno.does_not_see("Ci sono stata")
    ada.opens("/account")
    ada.is_at_the_door()


def test_a_guest_leaves_no_trace_either(ada: Person) -> None:
    ada.enters()
    ada.gets_across("Solo di passaggio")
    account = AccountPage(person=ada)
    account.opens()

    account.erases_everything()

    _is_told(ada)
    ada.hears("erased.messages")
    ada.does_not_hear("erased.passkeys")
    ada.page.get_by_role("link", name=ada.words.say("lost.home")).click()
    ada.is_at_the_door()
