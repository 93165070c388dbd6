"""The public keys: all that proves, nothing that signs, and no more often than needed (S40)."""

import pytest

from tests.conftest import StoppedClock
from tests.support.browser import Browser
from treno_chat.actions.tokens.signing_keys import retire, rotate
from treno_chat.actions.transaction import Transactions

JWKS = "/.well-known/jwks.json"


async def test_s40_the_keys_are_public_members_alone(stranger: Browser) -> None:
    answer = await stranger.client.get(JWKS)

    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json; charset=utf-8"
    assert answer.headers["cache-control"] == "public, max-age=300"
    assert set(answer.json()) == {"keys"}
    (key,) = answer.json()["keys"]
    assert set(key) == {"kty", "crv", "x", "y", "kid", "use", "alg"}
    assert (key["kty"], key["crv"], key["use"], key["alg"]) == ("EC", "P-256", "sig", "ES256")


async def test_s40_after_a_change_both_keys_are_told_each_by_its_own_id(
    stranger: Browser, transactions: Transactions, clock: StoppedClock
) -> None:
    (before,) = (await stranger.client.get(JWKS)).json()["keys"]
    with transactions.writing() as tx:
        rotate(tx)

    both = [key["kid"] for key in (await stranger.client.get(JWKS)).json()["keys"]]
    assert len(set(both)) == len(both) == 2
    assert before["kid"] in both

    clock.pass_(transactions.policy.tokens.proves_for * 2)
    (after,) = (await stranger.client.get(JWKS)).json()["keys"]
    assert after["kid"] != before["kid"]


@pytest.mark.parametrize("form", ["{}", "W/{}", '"x", {}', "*", ' {} , "y"'])
async def test_whoever_has_them_is_told_so(stranger: Browser, form: str) -> None:
    tag = (await stranger.client.get(JWKS)).headers["etag"]

    answer = await stranger.client.get(JWKS, headers={"If-None-Match": form.format(tag)})

    assert (answer.status_code, answer.content) == (304, b"")
    assert (answer.headers["etag"], answer.headers["cache-control"]) == (
        tag,
        "public, max-age=300",
    )


@pytest.mark.parametrize("told", ["", '"x"', "x", "W/", '"'])
async def test_whoever_has_others_gets_these(stranger: Browser, told: str) -> None:
    answer = await stranger.client.get(JWKS, headers={"If-None-Match": told})

    assert answer.status_code == 200


async def test_other_keys_have_another_tag(stranger: Browser, transactions: Transactions) -> None:
    before = await stranger.client.get(JWKS)
    with transactions.writing() as tx:
        retire(tx, before.json()["keys"][0]["kid"])
    after = await stranger.client.get(JWKS, headers={"If-None-Match": before.headers["etag"]})

    assert after.status_code == 200
    assert after.headers["etag"] != before.headers["etag"]


async def test_the_keys_can_only_be_read(stranger: Browser) -> None:
    head = await stranger.client.head(JWKS)
    post = await stranger.client.post(JWKS)

    assert (head.status_code, head.content) == (200, b"")
    assert (post.status_code, post.headers["allow"]) == (405, "GET, HEAD")


async def test_s65_nothing_else_is_well_known(stranger: Browser) -> None:
    for name in ("webauthn", "openid-configuration", "", "jwks.json/"):
        answer = await stranger.get(f"/.well-known/{name}")
        assert (answer.status_code, answer.json()["code"]) == (404, "NOT_FOUND")
