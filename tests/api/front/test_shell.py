"""The shell: who sees a page, and what every answer wears."""

from collections.abc import AsyncGenerator
from dataclasses import replace
from datetime import timedelta

import httpx
import pytest
from fastapi import FastAPI
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import Message, Receive, Scope, Send

from tests.api.conftest import PLACE, ROOM
from tests.conftest import StoppedClock
from tests.support.authenticator import Authenticator, Lie
from tests.support.browser import ORIGIN, Browser
from treno_chat.actions.transaction import Transactions
from treno_chat.api.front.shell import Shell
from treno_chat.domain.words import LANGUAGES
from treno_chat.locales import words_in

POLICY = "default-src 'self'"
PAGE = "<!doctype html><title>the room</title>"


async def _serve(request: Request) -> Response:
    """Stand in for what Reflex serves."""
    path = request.url.path
    if path.startswith("/assets/missing"):
        return PlainTextResponse("no", status_code=404)
    if path.endswith((".js", ".css", ".svg")):
        return PlainTextResponse("a file", headers={"Cache-Control": "max-age=5"})
    return HTMLResponse(PAGE)


@pytest.fixture
async def shelled(api: FastAPI, transactions: Transactions) -> AsyncGenerator[Browser]:
    """A stranger's browser at the whole program."""
    api.mount("", Starlette(routes=[Route("/{path:path}", _serve)]))
    browser = Browser(_shell(api, transactions))
    yield browser
    await browser.client.aclose()


def _shell(api: FastAPI, transactions: Transactions, *, is_production: bool = False) -> Shell:
    return Shell(
        app=api,
        transactions=transactions,
        words={language: words_in(language) for language in LANGUAGES},
        policy=POLICY,
        is_production=is_production,
    )


async def come_in(browser: Browser) -> None:
    """Let Ada come in."""
    assert (await browser.script("/auth/enter", alias="Ada", gender="female")).status_code == 200


async def test_a_page_with_a_policy_of_its_own_wears_that(
    api: FastAPI, transactions: Transactions
) -> None:
    api.mount("", Starlette(routes=[Route("/{path:path}", _serve)]))
    shell = replace(_shell(api, transactions), policies={"it/account": "default-src 'none'"})
    browser = Browser(shell)

    worn = [
        (await browser.get(path)).headers["content-security-policy"]
        for path in ("/it/account", "/it/account/", "/it", "/it/elsewhere")
    ]

    assert worn == ["default-src 'none'", "default-src 'none'", POLICY, POLICY]
    await browser.client.aclose()


@pytest.mark.parametrize(
    "path", [ROOM, "/account", "/account/", "/tasks", "/tasks/", "/assistant", "/assistant/one"]
)
async def test_who_is_in_sees_the_page(shelled: Browser, path: str) -> None:
    await come_in(shelled)

    page = await shelled.get(path)

    assert (page.status_code, page.text) == (200, PAGE)
    assert page.headers["cache-control"] == "no-store"


async def test_a_stranger_is_led_from_their_tasks_to_the_entry_and_back(shelled: Browser) -> None:
    stranger = await _raw(shelled, "/tasks")

    assert stranger.status_code == 303
    assert stranger.headers["location"] == "/en?next=%2Ftasks"


@pytest.mark.parametrize("path", ["/account", "/account/", "/Account", "//account"])
async def test_a_stranger_is_led_from_the_account_to_the_entry_and_back(
    shelled: Browser, path: str
) -> None:
    stranger = await _raw(shelled, path)
    await come_in(shelled)
    ada = await _raw(shelled, path)

    assert stranger.status_code == 303
    assert stranger.headers["location"].lower().startswith("/en?next=%2faccount")
    assert "place=" not in stranger.headers["location"]
    assert ada.status_code == 200


@pytest.mark.parametrize(
    "path",
    [ROOM, f"/p/{PLACE}", f"/p/{PLACE}/", f"//p/{PLACE}", f"/./p//{PLACE}", f"/x/../p/{PLACE}"],
)
async def test_a_stranger_is_led_to_the_entry_before_any_page(shelled: Browser, path: str) -> None:
    stranger = await _raw(shelled, path)
    await come_in(shelled)
    ada = await _raw(shelled, path)

    assert stranger.status_code == 303
    assert stranger.headers["location"].startswith(f"/en?next=%2Fp%2F{PLACE}")
    assert stranger.headers["location"].endswith(f"&place={PLACE}")
    assert "the room" not in stranger.text
    assert ada.status_code == 200


async def test_large_letters_are_no_way_around(shelled: Browser) -> None:
    answer = await _raw(shelled, f"/P/{PLACE}")

    assert answer.status_code == 303


async def test_the_entry_leads_back_to_where_the_stranger_wanted_to_go(shelled: Browser) -> None:
    led = await shelled.get(f"/p/{PLACE}/annunci")
    wishes = dict(pair.split("=") for pair in led.headers["location"].split("?")[1].split("&"))

    answer = await shelled.form(
        "/auth/enter", alias="Ada", gender="female", next=wishes["next"].replace("%2F", "/")
    )

    assert answer.headers["location"] == f"/p/{PLACE}/annunci"


async def test_an_ended_session_is_a_strangers(shelled: Browser, clock: StoppedClock) -> None:
    await come_in(shelled)
    clock.pass_(timedelta(hours=13))

    led = await shelled.get(ROOM)

    assert led.status_code == 303
    assert led.headers["location"].endswith(f"&place={PLACE}&ended=1")


async def test_a_stranger_has_ended_nothing(shelled: Browser) -> None:
    led = await shelled.get(ROOM)

    assert "ended" not in led.headers["location"]


@pytest.mark.parametrize("path", ["/p/nowhere", "/p/nowhere/treno", "/p", "/p/", "/p/<script>"])
async def test_where_no_chat_is_a_page_says_so(shelled: Browser, path: str) -> None:
    answer = await shelled.get(path, **{"Accept-Language": "it"})

    assert answer.status_code == 404
    assert '<html lang="it">' in answer.text
    assert words_in("it").say("lost.title") in answer.text.replace("&#x27;", "'")
    assert "the room" not in answer.text
    assert "<script" not in answer.text


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
    strict = Browser(_shell(api, transactions, is_production=True))

    promised = (await strict.get("/en")).headers["strict-transport-security"]

    assert promised == "max-age=31536000; includeSubDomains"
    assert "strict-transport-security" not in (await shelled.get("/en")).headers
    await strict.client.aclose()


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("/assets/entry.client-DxYz01_a.js", "public, max-age=31536000, immutable"),
        ("/assets/root-BxYz01-a.css", "public, max-age=31536000, immutable"),
        ("/icons.svg?0123abcd", "public, max-age=31536000, immutable"),
        ("/icons.svg", "max-age=5"),
        ("/icons.svg?v", "max-age=5"),
        ("/assets/missing-BxYz01-a.js", None),
        ("/assets/plain.js", "max-age=5"),
        ("/styles/tokens.css", "max-age=5"),
        ("/en", "private, no-cache"),  # it marks the browser
    ],
)
async def test_only_what_never_changes_is_kept_for_ever(
    shelled: Browser, path: str, kept: str | None
) -> None:
    assert (await shelled.get(path)).headers.get("cache-control") == kept


async def test_the_page_that_is_looked_at_is_the_language_that_is_spoken(shelled: Browser) -> None:
    await shelled.get("/it")
    refused = await shelled.form("/auth/enter", alias="A", gender="female")
    await shelled.get("/en/account")
    again = await shelled.get("/en/account")

    assert '<html lang="it">' in refused.text
    assert shelled.client.cookies.get("treno_language") == "en"
    assert "set-cookie" not in again.headers


async def test_inside_the_language_is_set_where_none_was_chosen(shelled: Browser) -> None:
    await come_in(shelled)
    shelled.client.cookies.delete("treno_language")

    page = await shelled.get(ROOM, **{"Accept-Language": "it"})

    assert "treno_language=it" in page.headers["set-cookie"]


async def test_the_entry_marks_a_browser_once(shelled: Browser) -> None:
    first = await shelled.get("/en")
    second = await shelled.get("/en")

    (cookie,) = [one for one in first.headers.get_list("set-cookie") if "visitor" in one]
    assert cookie.startswith("__Host-treno_visitor=")
    assert "httponly" in cookie.lower()
    assert "secure" in cookie.lower()
    assert "max-age" not in cookie.lower()
    assert "set-cookie" not in second.headers
    assert (first.headers["cache-control"], second.headers["cache-control"]) == (
        "private, no-cache",
        "no-cache",
    )


async def test_a_websocket_passes_untouched(transactions: Transactions) -> None:
    passed: list[tuple[Scope, Receive, Send]] = []

    async def inner(scope: Scope, receive: Receive, send: Send) -> None:
        passed.append((scope, receive, send))

    async def receive() -> Message:
        return {"type": "websocket.connect"}

    async def send(message: Message) -> None:
        return None

    shell = Shell(app=inner, transactions=transactions, words={}, policy=POLICY)
    scope: Scope = {"type": "websocket", "path": "/p/x"}
    await shell(scope, receive, send)

    assert passed == [(scope, receive, send)]


async def _raw(browser: Browser, path: str) -> httpx.Response:
    """Ask for a path as it is: a client of good manners would tidy it up."""
    request = browser.client.build_request("GET", "/", headers={"Accept": "text/html"})
    request.url = request.url.copy_with(raw_path=path.encode())
    return await browser.client.send(request)


async def test_what_was_chosen_on_one_device_is_there_on_the_other(
    shelled: Browser, api: FastAPI, transactions: Transactions
) -> None:
    key, truth = Authenticator(), Lie(origin=ORIGIN, rp_id="treno.example")
    form = {"alias": "Dora", "gender": "female", "phone": "347 123 4567"}
    options = await shelled.json("/auth/passkeys/sign-up/options", form)
    await shelled.json(
        "/auth/passkeys/sign-up/verify", {"credential": key.create(options.json(), truth)}
    )
    other = Browser(_shell(api, transactions))
    options = await other.json("/auth/passkeys/login/options", {})
    await other.json("/auth/passkeys/login/verify", {"credential": key.get(options.json(), truth)})
    before = await other.get(ROOM)

    await shelled.form("/auth/language", language="it")
    await shelled.form("/auth/theme", theme="dark")
    after = await other.get(ROOM)
    again = await other.get(ROOM)

    assert tastes(before) == {"treno_language": "en"}
    assert tastes(after) == {"treno_language": "it", "treno_theme": "dark"}
    assert tastes(again) == {}
    await other.client.aclose()


async def test_what_a_guest_chooses_is_this_browsers_alone(shelled: Browser) -> None:
    await come_in(shelled)
    await shelled.form("/auth/language", language="it")
    await shelled.form("/auth/theme", theme="dark")

    assert tastes(await shelled.get(ROOM)) == {}
    assert shelled.client.cookies["treno_theme"] == "dark"


def tastes(answer: httpx.Response) -> dict[str, str]:
    """Return the cookies of an answer that say how pages look."""
    given = (one.partition(";")[0] for one in answer.headers.get_list("set-cookie"))
    return dict(one.split("=", 1) for one in given if one.startswith("treno_"))
