"""Accounts: made, used and lost with a finger on the device."""

import pytest
from playwright.sync_api import expect

from tests.support.person import Person

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]

WITHOUT_AUTOFILL = "PublicKeyCredential.isConditionalMediationAvailable = async () => false"
PHONE = "+39 347 123 4567"


def test_who_signed_up_comes_back_with_the_button(ada: Person) -> None:
    # The finger of the test would answer the autofill that waits, before it answers the button.
    ada.page.add_init_script(WITHOUT_AUTOFILL)
    device = ada.gets_an_authenticator()
    ada.signs_up(device, phone=PHONE)
    assert device.passkeys() == 1
    ada.logs_out()
    ada.is_at_the_door()

    device.touch()
    ada.presses("entry.passkey")

    ada.is_in_the_room()
    ada.sees_here("Ada")


def test_who_signed_up_comes_back_by_autofill(ada: Person) -> None:
    device = ada.gets_an_authenticator()
    ada.signs_up(device, phone=PHONE)
    ada.logs_out()
    ada.is_at_the_door()

    device.touch()
    ada.reloads()

    ada.is_in_the_room()


def test_a_face_that_is_not_recognised_leaves_nothing_behind(ada: Person) -> None:
    device = ada.gets_an_authenticator()
    device.mistake()
    ada.opens("/it/account")
    ada.field("create.alias").fill("Ada")
    ada.chooses_gender()
    ada.field("create.phone").fill(PHONE)
    device.touch()
    ada.presses("create.submit")
    ada.hears("error.passkey_cancelled")

    device.recognise()
    ada.signs_up(device, phone=PHONE)

    assert device.passkeys() == 1


def test_a_guest_who_signs_up_stays_the_same_person(ada: Person, bruno: Person) -> None:
    ada.enters()
    bruno.enters()
    ada.says("Da ospite")
    bruno.sees("Da ospite")

    ada.signs_up(ada.gets_an_authenticator(), phone=PHONE)
    ada.says("Con un account")

    bruno.sees("Da ospite")
    bruno.sees("Con un account")
    bruno.sees_here("Ada")
    ada.sees("Da ospite")


@pytest.mark.parametrize(
    ("lacking", "reason"),
    [
        ("delete window.PublicKeyCredential", "browser"),
        ("Object.defineProperty(window, 'isSecureContext', { value: false })", "address"),
    ],
)
def test_where_passkeys_do_not_work_the_page_says_why(
    ada: Person, lacking: str, reason: str
) -> None:
    ada.page.add_init_script(lacking)

    ada.opens()

    ada.hears(f"entry.no_passkey_{reason}")
    expect(ada.page.locator("[data-no-passkey]:visible")).to_have_count(1)
    expect(ada.page.get_by_role("button", name=ada.words.say("entry.passkey"))).to_have_count(0)
    ada.enters()


def test_a_device_that_can_make_no_passkey_is_told_what_it_takes(ada: Person) -> None:
    ada.page.add_init_script(NO_SCREEN_LOCK)
    ada.opens("/it/account")
    ada.field("create.alias").fill("Ada")
    ada.chooses_gender()
    ada.field("create.phone").fill(PHONE)

    ada.presses("create.submit")

    ada.hears("create.failed")


NO_SCREEN_LOCK = """navigator.credentials.create = async () => {
  throw new DOMException("", "ConstraintError");
}"""
