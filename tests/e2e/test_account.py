"""One's own account: seen, changed, proven anew, taken along."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Meet
from tests.support.account_page import AccountPage
from tests.support.authenticator_cdp import BrowserAuthenticator
from tests.support.past import proved_it_long_ago
from tests.support.person import Person
from tests.support.screen import ROOM
from tests.support.server import Server
from tests.support.sms import newest_code
from treno_chat.domain.people import Gender

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]

PHONE = "+39 347 123 4567"
IS_NIGHT = "getComputedStyle(document.documentElement).colorScheme === 'dark'"
OTHER_PHONE = "+39 347 765 4321"
WITHOUT_AUTOFILL = "PublicKeyCredential.isConditionalMediationAvailable = async () => false"
SIGNALS = """
window.signalled = [];
for (const name of ["signalAllAcceptedCredentials", "signalCurrentUserDetails"]) {
  PublicKeyCredential[name] = async (told) => {
    window.signalled.push([name, told]);
    document.documentElement.dataset.signalled = window.signalled.length;
  };
}
"""


@pytest.fixture
def device(ada: Person) -> BrowserAuthenticator:
    """What Ada keeps her passkeys on; she has an account."""
    ada.page.add_init_script(WITHOUT_AUTOFILL)
    ada.page.add_init_script(SIGNALS)
    device = ada.gets_an_authenticator()
    ada.signs_up(device, phone=PHONE)
    return device


@pytest.fixture
def account(ada: Person, device: BrowserAuthenticator) -> AccountPage:
    """Ada's account, open."""
    page = AccountPage(person=ada)
    page.opens()
    return page


@pytest.fixture
def twin(meet: Meet, device: BrowserAuthenticator) -> Person:
    """Ada in another browser."""
    twin = meet("Ada", Gender.FEMALE)
    twin.page.add_init_script(WITHOUT_AUTOFILL)
    other = twin.gets_an_authenticator()
    device.share_with(other)
    twin.opens()
    other.touch()
    twin.presses("entry.passkey")
    twin.is_in_the_room()
    other.let_go()
    return twin


def test_a_stranger_is_led_to_the_entry_and_back(ada: Person) -> None:
    ada.opens("/account")
    ada.is_at_the_door()

    ada.fills_in_the_ticket()

    ada.page.wait_for_url("**/account")
    ada.hears("account.invite")


def test_one_comes_from_the_room_and_goes_back_there(ada: Person) -> None:
    ada.enters()
    ada.says("Torno subito")
    ada.presses("account.title")
    ada.page.get_by_role("link", name=ada.words.say("account.guest")).click()
    ada.hears("account.trace")

    ada.page.get_by_role("link", name=ada.words.say("app.back")).click()

    ada.is_in_the_room()
    ada.sees("Torno subito")


def test_the_others_see_a_changed_profile_at_once(
    ada: Person, account: AccountPage, bruno: Person
) -> None:
    bruno.enters()
    bruno.sees_here("Ada")
    account.asks("account.edit")
    ada.field("create.alias").fill("Bruno")
    account.confirms("account.save")
    ada.hears("error.alias_taken")
    ada.field("create.alias").fill("Adele")
    ada.field("account.status").fill("Leggo, ma se mi parli smetto")

    account.confirms("account.save")

    account.is_done()
    expect(ada.page.get_by_text("«Leggo, ma se mi parli smetto»")).to_be_visible()
    ada.opens("/p/treno-lucca-aulla/treno")
    bruno.sees_here("Adele")


def test_s67_passkeys_are_added_renamed_and_removed(
    ada: Person, device: BrowserAuthenticator, account: AccountPage
) -> None:
    device.forget()
    account.adds_a_passkey(device, "Portatile")
    account.says("Portatile")
    account.looks_at("Portatile")
    ada.field("passkey.name").fill("Portatile di casa")
    account.confirms("passkey.rename")
    account.is_done()
    account.says("Portatile di casa")

    account.looks_at("Portatile di casa")
    ada.page.get_by_text(ada.words.say("passkey.remove")).click()
    account.confirms("passkey.remove_do")

    account.is_done()
    account.says_no_more("Portatile di casa")
    account.looks_at(ada.words.say("passkey.unnamed"))
    ada.hears("error.last_passkey")
    expect(account.sheet.get_by_text(ada.words.say("passkey.remove"))).to_have_count(0)
    told = [
        len(each["allAcceptedCredentialIds"])
        for name, each in ada.page.evaluate("window.signalled")
        if name == "signalAllAcceptedCredentials"
    ]
    assert told == [2, 2, 1]


def test_s67_after_a_login_the_device_hears_what_opens_the_account(twin: Person) -> None:
    twin.page.add_init_script(SIGNALS)
    twin.page.add_init_script("sessionStorage.removeItem('treno.signalled')")

    twin.reloads()

    twin.is_in_the_room()
    expect(twin.page.locator("html")).to_have_attribute("data-signalled", "2")


def test_another_browser_is_shut_out_and_leaves(
    ada: Person,
    server: Server,
    device: BrowserAuthenticator,
    account: AccountPage,
    twin: Person,
) -> None:
    ada.reloads()
    account.is_there()
    proved_it_long_ago(server)
    device.touch()

    end = ada.words.say("account.end_named", device="Chrome, Linux")
    ada.page.get_by_role("button", name=end).click()

    twin.is_out()
    ada.hears_no_more("account.end_others")


def test_what_weighs_is_proven_anew_and_then_done(
    ada: Person,
    server: Server,
    device: BrowserAuthenticator,
    account: AccountPage,
    twin: Person,
) -> None:
    proved_it_long_ago(server)
    account.asks("account.change_phone")
    ada.field("account.phone_new").fill("12")
    device.touch()
    account.confirms("recover.send")
    ada.hears("error.phone_invalid")
    ada.field("account.phone_new").fill(OTHER_PHONE)
    account.confirms("recover.send")
    ada.field("recover.code_label").fill("000000")
    account.confirms("recover.next")
    ada.hears("error.code_wrong", tries=2)

    ada.field("recover.code_label").fill(newest_code(server))
    account.confirms("recover.next")

    account.is_done()
    account.says("321")
    ada.hears("notice.phone_changed")
    twin.is_out()


def test_everything_held_can_be_taken_along(ada: Person, tmp_path: Path) -> None:
    ada.enters()
    ada.gets_across("Questo è mio")
    ada.opens("/account")

    with ada.page.expect_download() as coming:
        ada.page.get_by_role("link", name=ada.words.say("account.export_do")).click()

    coming.value.save_as(tmp_path / "mine.json")
    held = json.loads((tmp_path / "mine.json").read_text(encoding="utf-8"))
    assert coming.value.suggested_filename == "treno-chat-Ada.json"
    assert [one["text"] for one in held["messages"]] == ["Questo è mio"]


def test_recovery_codes_are_shown_once(ada: Person, account: AccountPage) -> None:
    codes = account.makes_codes()

    assert len(set(codes)) == 10
    ada.does_not_see(codes[0])
    ada.hears("account.codes_left", n=10, total=10)
    ada.reloads()
    account.is_there()
    assert codes[0] not in ada.page.content()


def test_language_and_theme_are_the_same_on_the_other_device(
    ada: Person, twin: Person, account: AccountPage
) -> None:
    twin.presses("account.title")
    with twin.page.expect_response("**/auth/theme"):
        twin.presses("theme.dark")
    expect(twin.page.locator("html.dark")).to_have_count(1)
    expect(ada.page.locator("html.dark")).to_have_count(0)

    ada.opens(ROOM)
    expect(ada.page.locator("html.dark")).to_have_count(1)
    assert ada.page.evaluate(IS_NIGHT)
    account.opens()
    account.asks("account.edit")
    with twin.page.expect_response("**/auth/theme"):
        twin.presses("theme.light")
    ada.page.get_by_role("radio", name="English").check()
    ada.presses("account.save")
    expect(ada.page.locator("html")).to_have_attribute("lang", "en")
    twin.reloads()

    expect(twin.page.locator("html")).to_have_attribute("lang", "en")
    expect(twin.page.get_by_role("button", name="Send", exact=True)).to_be_visible()
    expect(twin.page.locator("html.light")).to_have_count(1)
