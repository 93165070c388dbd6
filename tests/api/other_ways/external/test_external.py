"""Coming in because a provider vouches: there and back in one browser."""

from typing import Any

import pytest
from httpx import Response

from tests.api.conftest import ROOM, OpenBrowser
from tests.api.other_ways.external.journeys import GINA, START, comes_back, goes_out
from tests.conftest import StoppedClock
from tests.support.browser import ORIGIN, Browser
from tests.support.provider_oidc import OidcProvider


async def signs_up(browser: Browser, rail: OidcProvider) -> Response:
    await comes_back(browser, rail)
    return await browser.json("/auth/welcome", GINA)


async def test_somebody_new_chooses_an_alias_and_is_known_the_next_time(
    stranger: Browser, open_browser: OpenBrowser, rail: OidcProvider
) -> None:
    back = await comes_back(stranger, rail, next="/p/treno-lucca-aulla/annunci")
    assert back.headers["location"] == "/en/welcome"
    assert stranger.session is None
    made = await stranger.json("/auth/welcome", GINA)
    assert made.json() == {"next": "/p/treno-lucca-aulla/annunci"}
    me = (await stranger.ask("/auth/me")).json()
    assert (me["alias"], me["is_anonymous"]) == ("Gina", False)

    again = open_browser()
    known = await comes_back(again, rail)

    assert known.headers["location"] == ROOM
    assert (await again.ask("/auth/me")).json()["seal"] == me["seal"]


async def test_a_guest_who_is_vouched_for_stays_the_same_person(
    ada: Browser, rail: OidcProvider
) -> None:
    before = (await ada.ask("/auth/me")).json()

    await comes_back(ada, rail)
    made = await ada.json("/auth/welcome", {"alias": "Ada", "gender": "female"})

    assert made.json() == {"next": ROOM}
    after = (await ada.ask("/auth/me")).json()
    assert (after["seal"], after["is_anonymous"]) == (before["seal"], False)


async def test_one_more_way_in_is_given_to_whoever_is_signed_in_and_fresh(
    open_browser: OpenBrowser, rail: OidcProvider, clock: StoppedClock
) -> None:
    gina, other = open_browser(), open_browser()
    await signs_up(gina, rail)
    rail.subject = "rail-4712"
    await comes_back(other, rail)
    await other.json("/auth/welcome", {"alias": "Lara", "gender": "other"})

    rail.subject = "rail-4713"
    asked = await gina.json(f"{START}/link", {})
    linked = await gina.get(rail.approve(asked.json()["next"]).removeprefix(ORIGIN))
    rail.subject = "rail-4712"
    asked = await gina.json(f"{START}/link", {})
    taken = await gina.get(rail.approve(asked.json()["next"]).removeprefix(ORIGIN))
    last = await gina.json(f"{START}/remove", {})

    assert linked.headers["location"] == "/account"
    assert taken.status_code == 409
    assert (last.status_code, last.json()["code"]) == (409, "last_way_in")


async def test_guests_and_strangers_link_nothing(
    ada: Browser, stranger: Browser, rail: OidcProvider
) -> None:
    assert (await ada.json(f"{START}/link", {})).status_code == 403
    assert (await stranger.json(f"{START}/link", {})).status_code == 401


@pytest.mark.parametrize(
    "document",
    [
        {"issuer": "https://elsewhere.example"},
        {"token_endpoint": "http://elsewhere.example/token"},
        {"jwks_uri": "file:///etc/passwd"},
        {"authorization_endpoint": None},
    ],
)
async def test_nobody_is_sent_where_it_is_not_safe(
    stranger: Browser, rail: OidcProvider, document: dict[str, Any]
) -> None:
    rail.document = document

    answer = await stranger.get(START)

    assert answer.status_code == 503


async def test_a_provider_is_discovered_once(
    stranger: Browser, open_browser: OpenBrowser, rail: OidcProvider
) -> None:
    for _ in range(3):
        await goes_out(open_browser())

    assert rail.asked == ["/.well-known/openid-configuration"]


async def test_the_pages_hear_what_is_configured(stranger: Browser) -> None:
    told = (await stranger.ask("/auth/ways")).json()

    assert told == {"password": False, "providers": [{"name": "rail", "label": "Rail ID"}]}
    assert (await stranger.get("/auth/oidc/nobody")).status_code == 404
