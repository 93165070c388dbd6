"""Whatever a provider, or somebody in its name, may say wrongly: refused."""

from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key

from tests.api.conftest import OpenBrowser
from tests.api.other_ways.external.journeys import GINA, START, comes_back, goes_out
from tests.support.browser import ORIGIN, Browser
from tests.support.provider_oidc import CLIENT, OidcProvider


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
