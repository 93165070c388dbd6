"""Accounts without a passkey: made, proven by mail, used, forgotten and opened anew."""

import re
from time import monotonic

import pytest
from playwright.sync_api import Locator, expect

from tests.support.patience import PATIENCE
from tests.support.person import Person

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]

EMAIL = "ada@example.org"
WORDS = "giraffa lampone tavolo"
OTHER = "sette barche in mezzo al prato"


def secret(person: Person) -> Locator:
    """The field of the password."""
    return person.page.locator("#password")


def follows_the_link(person: Person, purpose: str) -> None:
    """Open what comes by mail: it is on its way when the page says so, and not there yet."""
    link = re.compile(rf"http://localhost:\d+(/it/{purpose}#\S+)")
    until = monotonic() + PATIENCE
    while not (found := link.search(_mail_of(person))):
        assert monotonic() < until, "no mail came"
    person.opens(found[1])


def _mail_of(person: Person) -> str:
    person.opens("/outbox")
    return person.page.locator("main").inner_text()


def logs_in(person: Person, password: str) -> None:
    person.opens("/it")
    person.page.get_by_role("link", name=person.words.say("entry.other_ways")).click()
    person.field("password.email").fill(EMAIL)
    secret(person).fill(password)
    person.presses("password.login_submit")


def test_with_a_password_there_and_back_and_after_forgetting_it(ada: Person) -> None:
    ada.opens("/it/account")
    ada.page.get_by_role("link", name=ada.words.say("create.password_instead")).click()
    expect(ada.page).to_have_url(re.compile("/it/sign-up"))
    # The page before asks for an alias as well, and stands until this one is drawn.
    expect(ada.field("password.email")).to_be_visible()
    ada.field("create.alias").fill("Ada")
    ada.chooses_gender()
    ada.field("password.email").fill(EMAIL)
    secret(ada).fill(WORDS[:14])
    ada.presses("password.sign_up_submit")
    ada.hears("error.password_too_short", min=15)
    assert ada.field("password.email").input_value() == EMAIL
    secret(ada).fill(WORDS)
    ada.presses("password.sign_up_submit")
    ada.is_in_the_room()

    follows_the_link(ada, "confirm")
    secret(ada).fill(WORDS)
    assert "#" not in ada.page.url
    ada.presses("password.confirm_submit")
    ada.is_in_the_room()
    ada.logs_out()

    logs_in(ada, OTHER)
    ada.hears("error.login_refused")
    secret(ada).fill(WORDS)
    ada.presses("password.login_submit")
    ada.is_in_the_room()
    ada.logs_out()

    ada.opens("/it/forgot")
    ada.field("password.email").fill(EMAIL)
    ada.presses("password.forgot_submit")
    expect(ada.page.get_by_text(ada.words.say("password.forgot_done"))).to_be_visible()
    follows_the_link(ada, "reset")
    secret(ada).fill(OTHER)
    ada.presses("password.reset_submit")
    expect(ada.page).to_have_url(re.compile("/it/login"))

    ada.field("password.email").fill(EMAIL)
    secret(ada).fill(WORDS)
    ada.presses("password.login_submit")
    ada.hears("error.login_refused")
    secret(ada).fill(OTHER)
    ada.presses("password.login_submit")
    ada.is_in_the_room()


def test_a_password_is_added_and_removed_beside_the_passkey(ada: Person) -> None:
    ada.signs_up(ada.gets_an_authenticator(), phone="+39 347 123 4567")
    ada.opens("/account")
    ada.presses("account.password_add")
    sheet = ada.sheet("account.password_add")
    sheet.get_by_label(ada.words.say("password.email")).fill("ada.bis@example.org")
    sheet.locator('input[name="password"]').fill("lampone7")
    sheet.get_by_role("button", name=ada.words.say("account.password_add")).click()
    ada.hears("account.password_unconfirmed")

    ada.presses("account.password_change")
    ada.presses("account.password_remove")

    ada.hears("account.password_note")


def test_what_is_typed_can_be_seen(ada: Person) -> None:
    ada.opens("/it/login")
    secret(ada).fill(WORDS)

    ada.presses("password.show")
    expect(secret(ada)).to_have_attribute("type", "text")
    ada.presses("password.hide")

    expect(secret(ada)).to_have_attribute("type", "password")
    expect(secret(ada)).to_have_value(WORDS)
