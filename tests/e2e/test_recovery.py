"""Every passkey lost: back in with the phone and a code that was kept, or after a wait."""

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Meet
from tests.support.account_page import AccountPage
from tests.support.authenticator_cdp import BrowserAuthenticator
from tests.support.past import has_waited
from tests.support.person import Person
from tests.support.server import Server
from tests.support.sms import newest_code
from treno_chat.domain.people import Gender

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]

PHONE = "+39 347 123 4567"
WITHOUT_AUTOFILL = "PublicKeyCredential.isConditionalMediationAvailable = async () => false"


@pytest.fixture
def account(ada: Person) -> AccountPage:
    """Ada's account, open where she is still signed in."""
    ada.signs_up(ada.gets_an_authenticator(), phone=PHONE)
    page = AccountPage(person=ada)
    page.opens()
    return page


@pytest.fixture
def lost(meet: Meet) -> Person:
    """Ada with a new device, and nothing on it."""
    lost = meet("Ada", Gender.FEMALE)
    lost.page.add_init_script(WITHOUT_AUTOFILL)
    return lost


@pytest.fixture
def device(lost: Person) -> BrowserAuthenticator:
    """What the new device keeps passkeys on."""
    return lost.gets_an_authenticator()


def _proves_the_number(person: Person, server: Server) -> None:
    person.opens()
    person.page.get_by_role("link", name=person.words.say("entry.lost")).click()
    person.field("recover.phone").fill("347 55")
    person.presses("recover.send")
    person.hears("error.phone_invalid")
    expect(person.field("recover.phone")).to_have_value("347 55")
    person.field("recover.phone").fill(PHONE)
    person.presses("recover.send")
    person.field("recover.code_label").fill("000000")
    person.presses("recover.next")
    person.hears("error.code_wrong", tries=2)
    person.field("recover.code_label").fill(newest_code(server))
    person.presses("recover.next")
    person.hears("recover.proof_title")


def _makes_a_passkey(person: Person, device: BrowserAuthenticator) -> None:
    device.touch()
    person.presses("create.submit")
    person.hears("recover.others_closed")
    device.let_go()


def _is_told(person: Person, key: str) -> None:
    """Find a notice; the one beside the list of rooms is for narrow screens."""
    told = person.page.get_by_text(person.words.say(key)).locator("visible=true")
    expect(told).to_have_count(1)


def test_s24_the_phone_and_a_kept_code_are_enough_at_once(
    server: Server, account: AccountPage, lost: Person, device: BrowserAuthenticator
) -> None:
    codes = account.makes_codes()
    _proves_the_number(lost, server)
    lost.field("recover.recovery_code").fill("abcd")
    lost.presses("recover.use_code")
    lost.hears("error.recovery_code_wrong")
    lost.field("recover.recovery_code").fill(codes[3].upper())
    lost.presses("recover.use_code")
    lost.hears("recover.welcome", alias="Ada")

    _makes_a_passkey(lost, device)

    expect(account.person.page).not_to_have_url("**/account")
    account.person.is_out()
    lost.presses("account.codes_make")
    expect(lost.page.locator(".codes li")).to_have_count(10)
    lost.page.get_by_role("link", name=lost.words.say("recover.codes_done")).click()
    lost.is_in_the_room()
    _is_told(lost, "notice.recovery_codes_made")
    put_away = lost.page.get_by_role("button", name=lost.words.say("notice.put_away"))
    put_away.locator("visible=true").click()
    _is_told(lost, "notice.recovered")


def test_s25_who_is_signed_in_calls_a_recovery_off(
    server: Server, account: AccountPage, lost: Person
) -> None:
    _proves_the_number(lost, server)
    lost.presses("recover.wait.other", n=24)
    lost.hears("recover.waiting_lead")

    account.person.hears("notice.not_me")
    words = account.person.words.say("notice.put_away")
    expect(account.person.page.get_by_role("button", name=words)).to_have_count(0)
    account.person.presses("notice.not_me")

    account.person.hears_no_more("notice.not_me")
    lost.reloads()
    lost.hears("recover.cancelled")


def test_after_the_wait_the_same_browser_goes_on(
    server: Server, account: AccountPage, lost: Person, device: BrowserAuthenticator
) -> None:
    _proves_the_number(lost, server)
    lost.presses("recover.wait.other", n=24)
    lost.hears("recover.waiting_lead")
    lost.reloads()
    lost.hears("recover.waiting_lead")
    has_waited(server)

    lost.reloads()
    lost.hears("recover.ready")
    _makes_a_passkey(lost, device)
    lost.page.get_by_role("link", name=lost.words.say("recover.later")).click()

    lost.is_in_the_room()
    account.person.is_out()
    theirs = AccountPage(person=lost)
    theirs.opens()
    lost.hears("account.phone_uses.one", n=1)


def test_a_number_that_is_nobodys_looks_the_same(server: Server, lost: Person) -> None:
    lost.opens("/it/recover")
    lost.field("recover.phone").fill("+39 347 000 0001")
    lost.presses("recover.send")

    lost.field("recover.code_label").fill("123456")
    lost.presses("recover.next")

    lost.hears("error.code_wrong", tries=2)
    lost.hears("recover.code_title")
    assert "000" not in lost.page.url
