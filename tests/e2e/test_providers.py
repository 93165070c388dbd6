"""Whoever a provider vouches for: makes an account, comes back, connects it and lets it go."""

import json
import re
from collections.abc import Generator

import pytest
from playwright.sync_api import expect

from tests.support.account_page import AccountPage
from tests.support.past import proved_it_long_ago
from tests.support.person import Person
from tests.support.provider_oidc import CLIENT, CLIENT_SECRET, OidcProvider, vouching
from tests.support.server import Server

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]

LABEL = "Rail ID"
WITHOUT_AUTOFILL = "PublicKeyCredential.isConditionalMediationAvailable = async () => false"


@pytest.fixture(scope="module")
def vouched(server: Server) -> Generator[OidcProvider]:
    """Somebody who vouches for people, as long as these journeys last."""
    usual = server.settings
    with vouching() as provider:
        known = {
            "name": "rail",
            "label": LABEL,
            "issuer": provider.issuer,
            "client_id": CLIENT,
            "client_secret": CLIENT_SECRET,
        }
        server.restart({**usual, "OIDC_PROVIDERS": json.dumps([known])})
        yield provider
        server.restart(usual)


@pytest.fixture
def rail(vouched: OidcProvider, request: pytest.FixtureRequest) -> OidcProvider:
    """The same, of somebody it has not vouched for before."""
    vouched.subject = request.node.name
    return vouched


@pytest.fixture
def account(ada: Person) -> AccountPage:
    """Ada's account page, once she has an account."""
    ada.page.add_init_script(WITHOUT_AUTOFILL)
    return AccountPage(person=ada)


def goes_over(person: Person) -> None:
    """Go from the entry to the provider, which says yes at once."""
    person.opens("/it")
    person.page.get_by_role("link", name=person.words.say("entry.other_ways")).click()
    person.page.get_by_role(
        "link", name=person.words.say("password.with_provider", name=LABEL)
    ).click()


def signs_up(person: Person) -> None:
    """Make an account by the provider alone."""
    goes_over(person)
    expect(person.page).to_have_url(re.compile("/it/welcome"))
    person.field("create.alias").fill(person.alias)
    person.chooses_gender()
    person.presses("password.welcome_submit")
    person.is_in_the_room()


@pytest.mark.usefixtures("rail")
def test_an_account_by_a_provider_and_back_in(ada: Person, account: AccountPage) -> None:
    signs_up(ada)
    ada.says("Sono io")
    ada.logs_out()

    goes_over(ada)

    ada.is_in_the_room()
    ada.sees("Sono io")
    account.opens()
    account.row(LABEL).get_by_text(ada.words.say("account.provider_linked")).wait_for()


@pytest.mark.usefixtures("rail")
def test_the_last_way_in_stays_and_any_other_goes(ada: Person, account: AccountPage) -> None:
    signs_up(ada)
    account.opens()
    ada.presses("account.provider_change_named", name=LABEL)
    ada.hears("error.last_way_in")
    removal = account.sheet.get_by_role("button", name=ada.words.say("account.provider_remove"))
    expect(removal).to_have_count(0)
    ada.presses("app.close")
    account.adds_a_passkey(ada.gets_an_authenticator(), "Portatile")

    ada.presses("account.provider_change_named", name=LABEL)
    account.confirms("account.provider_remove")

    account.is_done()
    account.row(LABEL).get_by_text(ada.words.say("account.provider_unlinked")).wait_for()
    ada.hears("notice.external_removed", name=LABEL)


@pytest.mark.usefixtures("rail")
def test_one_more_way_in_is_connected_after_a_proof(
    ada: Person, account: AccountPage, server: Server
) -> None:
    device = ada.gets_an_authenticator()
    ada.signs_up(device, phone="+39 347 123 4567")
    account.opens()
    proved_it_long_ago(server)
    ada.presses("account.provider_link_named", name=LABEL)
    device.touch()
    account.confirms("account.provider_link_named", name=LABEL)
    ada.hears("notice.external_added", name=LABEL)
    account.row(LABEL).get_by_text(ada.words.say("account.provider_linked")).wait_for()
    device.let_go()
    ada.opens("/p/treno-lucca-aulla/treno")
    ada.is_in_the_room()
    ada.logs_out()

    goes_over(ada)

    ada.is_in_the_room()
