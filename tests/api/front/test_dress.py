"""The shell: what every answer wears, and how long it is kept."""

from dataclasses import replace

from fastapi import FastAPI

from tests.api.conftest import ROOM
from tests.api.front.conftest import POLICY, come_in, shell_on
from tests.support.browser import Browser
from treno_chat.actions.transaction import Transactions

KEPT = {
    "/assets/entry.client-DxYz01_a.js": "public, max-age=31536000, immutable",
    "/assets/root-BxYz01-a.css": "public, max-age=31536000, immutable",
    "/icons.svg?0123abcd": "public, max-age=31536000, immutable",
    "/icons.svg": "max-age=5",
    "/icons.svg?v": "max-age=5",
    "/assets/missing-BxYz01-a.js": None,
    "/assets/plain.js": "max-age=5",
    "/styles/tokens.css": "max-age=5",
    "/en": "private, no-cache",  # it marks the browser
}


async def test_a_page_with_a_policy_of_its_own_wears_that(
    with_pages: FastAPI, transactions: Transactions
) -> None:
    shell = replace(
        shell_on(with_pages, transactions), policies={"it/account": "default-src 'none'"}
    )
    browser = Browser(shell)

    worn = [
        (await browser.get(path)).headers["content-security-policy"]
        for path in ("/it/account", "/it/account/", "/it", "/it/elsewhere")
    ]

    assert worn == ["default-src 'none'", "default-src 'none'", POLICY, POLICY]
    await browser.client.aclose()


async def test_s2_every_page_wears_its_headers(shelled: Browser) -> None:
    await come_in(shelled)

    for page in (await shelled.get(ROOM), await shelled.get("/en"), await shelled.get("/p/x/y")):
        assert page.headers["content-security-policy"] == POLICY
        assert page.headers["x-content-type-options"] == "nosniff"
        assert page.headers["referrer-policy"] == "same-origin"
        assert page.headers["cross-origin-opener-policy"] == "same-origin"
        assert "geolocation=()" in page.headers["permissions-policy"]
        assert page.headers["server"] == "treno-chat"


async def test_a_script_wears_what_means_something_for_a_script(shelled: Browser) -> None:
    script = await shelled.get("/assets/entry.client-DxYz01_a.js")
    missing = await shelled.get("/assets/missing-BxYz01-a.js")

    assert script.headers["x-content-type-options"] == "nosniff"
    assert script.headers["cross-origin-resource-policy"] == "same-origin"
    assert "permissions-policy" not in script.headers
    assert "permissions-policy" in missing.headers


async def test_answers_of_the_routes_are_dressed_too(shelled: Browser) -> None:
    refused = await shelled.ask("/auth/me")
    broken = await shelled.send("/auth/enter", {}, Origin="null")

    for answer in (refused, broken):
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cache-control"] == "no-store"


async def test_s1_only_production_promises_https(
    api: FastAPI, transactions: Transactions, shelled: Browser
) -> None:
    strict = Browser(shell_on(api, transactions, is_production=True))

    promised = (await strict.get("/en")).headers["strict-transport-security"]

    assert promised == "max-age=31536000; includeSubDomains"
    assert "strict-transport-security" not in (await shelled.get("/en")).headers
    await strict.client.aclose()


async def test_only_what_never_changes_is_kept_for_ever(shelled: Browser) -> None:
    said = {path: (await shelled.get(path)).headers.get("cache-control") for path in KEPT}

    assert said == KEPT
