"""Coming in because a provider vouches: there and back in one browser, and every lie refused."""

from collections.abc import Generator
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from fastapi import FastAPI
from httpx import Response

from tests.api.conftest import ROOM, OpenBrowser
from tests.conftest import StoppedClock
from tests.support.assistant import assistant_at
from tests.support.browser import ORIGIN, Browser
from tests.support.provider_oidc import CLIENT, CLIENT_SECRET, OidcProvider, vouching
from treno_chat.actions.limits.limits import Limits
from treno_chat.actions.transaction import Transactions, utc_now
from treno_chat.api.app import create_api
from treno_chat.domain.other_ways.providers import Provider
from treno_chat.domain.places import Place
from treno_chat.domain.words import LANGUAGES
from treno_chat.locales import words_in
from treno_chat.outbound.oidc import Providers

START = "/auth/oidc/rail"
GINA = {"alias": "Gina", "gender": "female"}


@pytest.fixture
def clock() -> StoppedClock:
    """The time, which is that of the provider too."""
    return StoppedClock(now=utc_now())


@pytest.fixture
def rail() -> Generator[OidcProvider]:
    """Somebody who vouches for people."""
    with vouching() as provider:
        yield provider


@pytest.fixture
def api(transactions: Transactions, place: Place, rail: OidcProvider) -> FastAPI:
    """The routes, with one provider."""
    known = Provider(
        name="rail",
        label="Rail ID",
        issuer=rail.issuer,
        client_id=CLIENT,
        client_secret=CLIENT_SECRET,
    )
    return create_api(
        transactions,
        assistant=assistant_at(transactions),
        words={language: words_in(language) for language in LANGUAGES},
        limits=Limits(entries_per_minute=1000),
        origins=(ORIGIN,),
        default_place=place.slug,
        count_here=lambda _door: 3,
        is_ready=lambda: True,
        providers=[known],
        voucher=Providers(),
    )


async def goes_out(browser: Browser, **query: str) -> str:
    """Press the button; return where the browser is sent."""
    answer = await browser.get(f"{START}?{urlencode(query)}")
    assert answer.status_code == 303
    return answer.headers["location"]


async def comes_back(browser: Browser, rail: OidcProvider, **query: str) -> Response:
    """Go there, and come back."""
    back = rail.approve(await goes_out(browser, **query))
    return await browser.get(back.removeprefix(ORIGIN))


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


async def test_what_is_asked_is_bound_to_this_browser_and_to_us(
    stranger: Browser, rail: OidcProvider
) -> None:
    asked = dict(parse_qsl(urlsplit(await goes_out(stranger)).query))

    assert asked["redirect_uri"] == f"{ORIGIN}/auth/oidc/rail/callback"
    assert (asked["response_type"], asked["code_challenge_method"]) == ("code", "S256")
    assert asked["scope"] == "openid"
    assert len({asked[name] for name in ("state", "nonce", "code_challenge")}) == 3


@pytest.mark.parametrize(
    "lies",
    [
        {"iss": "https://elsewhere.example"},
        {"aud": "somebody else"},
        {"aud": [CLIENT, "somebody else"]},
        {"azp": "somebody else"},
        {"nonce": "another"},
        {"nonce": None},
        {"sub": ""},
        {"sub": None},
        {"exp": 1},
        {"exp": "never"},
        {"iat": 1},
    ],
)
async def test_a_lie_in_the_token_opens_nothing(
    stranger: Browser, rail: OidcProvider, lies: dict[str, Any]
) -> None:
    rail.lies = lies

    back = await comes_back(stranger, rail)

    assert back.status_code == 403
    assert stranger.session is None
    assert (await stranger.json("/auth/welcome", GINA)).status_code == 403


@pytest.mark.parametrize("header", [{"typ": "at+jwt"}, {"kid": "two"}])
async def test_another_kind_of_token_is_none(
    stranger: Browser, rail: OidcProvider, header: dict[str, Any]
) -> None:
    rail.header = header

    assert (await comes_back(stranger, rail)).status_code == 403


async def test_a_forged_signature_is_none(stranger: Browser, rail: OidcProvider) -> None:
    rail.signs_with = generate_private_key(65537, 2048)

    assert (await comes_back(stranger, rail)).status_code == 403


async def test_an_answer_counts_once_and_in_the_browser_that_asked(
    stranger: Browser, open_browser: OpenBrowser, rail: OidcProvider
) -> None:
    back = rail.approve(await goes_out(stranger)).removeprefix(ORIGIN)
    elsewhere = open_browser()
    await goes_out(elsewhere)

    assert (await elsewhere.get(back)).status_code == 403
    assert (await stranger.get(back)).status_code == 303
    assert (await stranger.get(back)).status_code == 403


async def test_another_state_issuer_or_an_error_is_refused(
    stranger: Browser, rail: OidcProvider
) -> None:
    for wrong in ({"state": "x"}, {"iss": "https://elsewhere.example"}, {"error": "no"}):
        back = rail.approve(await goes_out(stranger))
        query = {**dict(parse_qsl(urlsplit(back).query)), **wrong}
        answer = await stranger.get(f"{START}/callback?{urlencode(query)}")

        assert answer.status_code == 403


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
