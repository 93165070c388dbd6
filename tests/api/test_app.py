"""Every route, by method and by who calls; and what happens when something breaks."""

from dataclasses import replace
from datetime import timedelta

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute
from httpx import Response
from structlog.testing import capture_logs

from tests.conftest import StoppedClock
from tests.support.browser import ORIGIN, Browser
from treno_chat.api import app
from treno_chat.api.house import HttpHouse

ANY = {"stranger", "live", "ended"}
# Route and method; who gets how far: 2xx and 3xx count as in, 401 as out. Malformed or not,
# a post that anybody may make is judged by its content (422, 403) and not by who makes it.
TABLE: dict[tuple[str, str], dict[str, int]] = {
    ("GET", "/"): dict.fromkeys(ANY, 302),
    ("GET", "/auth/export"): {"stranger": 401, "live": 200, "ended": 401},
    ("GET", "/auth/me"): {"stranger": 401, "live": 200, "ended": 401},
    ("GET", "/auth/passkeys/accepted"): {"stranger": 401, "live": 403, "ended": 401},
    ("GET", "/auth/oidc/{provider}"): dict.fromkeys(ANY, 404),
    ("GET", "/auth/oidc/{provider}/callback"): dict.fromkeys(ANY, 404),
    ("GET", "/.well-known/jwks.json"): dict.fromkeys(ANY, 200),
    ("GET", "/auth/place"): dict.fromkeys(ANY, 200),
    ("GET", "/auth/ways"): dict.fromkeys(ANY, 200),
    ("GET", "/door"): dict.fromkeys(ANY, 200),
    ("GET", "/health"): dict.fromkeys(ANY, 200),
    ("GET", "/ready"): dict.fromkeys(ANY, 200),
    ("POST", "/auth/continue"): {"stranger": 401, "live": 200, "ended": 401},
    ("POST", "/auth/enter"): dict.fromkeys(ANY, 422),
    ("POST", "/auth/erasure"): {"stranger": 401, "live": 200, "ended": 401},
    ("POST", "/auth/erasure/finish"): {"stranger": 401, "live": 409, "ended": 401},
    ("POST", "/auth/erasure/undo"): {"stranger": 401, "live": 200, "ended": 401},
    ("POST", "/auth/language"): dict.fromkeys(ANY, 422),
    ("POST", "/auth/theme"): dict.fromkeys(ANY, 422),
    ("POST", "/auth/logout"): dict.fromkeys(ANY, 200),
    ("POST", "/auth/oidc/{provider}/link"): dict.fromkeys(ANY, 404),
    ("POST", "/auth/oidc/{provider}/remove"): dict.fromkeys(ANY, 404),
    ("POST", "/auth/passkeys/add/options"): {"stranger": 401, "live": 403, "ended": 401},
    ("POST", "/auth/passkeys/add/verify"): {"stranger": 401, "live": 422, "ended": 401},
    ("POST", "/auth/passkeys/login/options"): dict.fromkeys(ANY, 200),
    ("POST", "/auth/passkeys/login/verify"): dict.fromkeys(ANY, 422),
    ("POST", "/auth/passkeys/remove"): {"stranger": 401, "live": 422, "ended": 401},
    ("POST", "/auth/passkeys/rename"): {"stranger": 401, "live": 422, "ended": 401},
    ("POST", "/auth/passkeys/sign-up/options"): dict.fromkeys(ANY, 422),
    ("POST", "/auth/passkeys/sign-up/verify"): dict.fromkeys(ANY, 422),
    ("POST", "/auth/password"): {"stranger": 401, "live": 422, "ended": 401},
    ("POST", "/auth/password/change"): {"stranger": 401, "live": 422, "ended": 401},
    ("POST", "/auth/password/confirm"): dict.fromkeys(ANY, 422),
    ("POST", "/auth/password/forgot"): dict.fromkeys(ANY, 422),
    ("POST", "/auth/password/login"): dict.fromkeys(ANY, 422),
    ("POST", "/auth/password/remove"): {"stranger": 401, "live": 403, "ended": 401},
    ("POST", "/auth/password/reset"): dict.fromkeys(ANY, 422),
    ("POST", "/auth/password/sign-up"): dict.fromkeys(ANY, 422),
    ("POST", "/auth/phone/change"): {"stranger": 401, "live": 422, "ended": 401},
    ("POST", "/auth/phone/confirm"): {"stranger": 401, "live": 422, "ended": 401},
    ("POST", "/auth/phone/resend"): {"stranger": 401, "live": 403, "ended": 401},
    ("POST", "/auth/profile"): {"stranger": 401, "live": 403, "ended": 401},
    ("POST", "/auth/recover"): dict.fromkeys(ANY, 422),
    ("POST", "/auth/recover/code"): dict.fromkeys(ANY, 422),
    ("POST", "/auth/recover/passkey/options"): dict.fromkeys(ANY, 409),
    ("POST", "/auth/recover/passkey/verify"): dict.fromkeys(ANY, 422),
    ("POST", "/auth/recover/proof"): dict.fromkeys(ANY, 422),
    ("POST", "/auth/recover/resend"): dict.fromkeys(ANY, 409),
    ("POST", "/auth/recover/status"): dict.fromkeys(ANY, 409),
    ("POST", "/auth/recover/wait"): dict.fromkeys(ANY, 409),
    ("POST", "/auth/recovery-codes"): {"stranger": 401, "live": 403, "ended": 401},
    ("POST", "/auth/recovery/cancel"): {"stranger": 401, "live": 200, "ended": 401},
    ("POST", "/auth/sessions/end"): {"stranger": 401, "live": 422, "ended": 401},
    ("POST", "/auth/sessions/end-others"): {"stranger": 401, "live": 403, "ended": 401},
    ("POST", "/auth/step-up/options"): {"stranger": 401, "live": 403, "ended": 401},
    ("POST", "/auth/step-up/password"): {"stranger": 401, "live": 422, "ended": 401},
    ("POST", "/auth/step-up/verify"): {"stranger": 401, "live": 422, "ended": 401},
    ("POST", "/auth/welcome"): dict.fromkeys(ANY, 422),
    ("GET", "/outbox"): dict.fromkeys(ANY, 404),
}
KEPT = {"/.well-known/jwks.json": "public, max-age=300"}  # the only answer that is nobody's own
FORMS = {"/auth/continue", "/auth/enter", "/auth/language", "/auth/logout", "/auth/theme"}
POSTS = sorted(path for method, path in TABLE if method == "POST")


def test_the_table_names_every_route() -> None:
    served = {
        (method, route.path)
        for router in app.ROUTERS
        for route in router.routes
        if isinstance(route, APIRoute)
        for method in route.methods or ()
        if method != "HEAD"
    }

    assert served == set(TABLE)


async def visit(browser: Browser, method: str, path: str) -> Response:
    """Ask for a route with nothing in the hands."""
    if method == "GET":
        return await browser.ask(path)
    if path in FORMS:
        return await browser.script(path)
    return await browser.json(path, {})


@pytest.mark.parametrize("who", ["stranger", "ended"])
async def test_every_route_knows_who_is_nobody(
    who: str, *, ada: Browser, stranger: Browser, clock: StoppedClock
) -> None:
    clock.pass_(timedelta(hours=13))
    browser = {"stranger": stranger, "ended": ada}[who]

    told = {route: await visit(browser, *route) for route in sorted(TABLE)}

    assert {route: answer.status_code for route, answer in told.items()} == {
        route: expected[who] for route, expected in TABLE.items()
    }
    assert {path: answer.headers["cache-control"] for (_, path), answer in told.items()} == {
        path: KEPT.get(path, "no-store") for _, path in TABLE
    }


# One visit a test: some of these routes end the session that asks.
@pytest.mark.parametrize(("method", "path"), sorted(TABLE))
async def test_every_route_knows_ada(*, method: str, path: str, ada: Browser) -> None:
    answer = await visit(ada, method, path)

    assert answer.status_code == TABLE[method, path]["live"]
    assert answer.headers["cache-control"] == KEPT.get(path, "no-store")


async def test_s7_what_changes_something_cannot_be_got(ada: Browser) -> None:
    got = {path: await ada.get(path) for path in POSTS}

    assert {(answer.status_code, answer.headers["allow"]) for answer in got.values()} == {
        (405, "POST")
    }
    assert (await ada.ask("/auth/me")).status_code == 200


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "HEAD"])
async def test_s7_other_methods_find_nothing(ada: Browser, method: str) -> None:
    answer = await ada.client.request(method, "/auth/logout", headers={"Origin": ORIGIN})

    assert answer.status_code == 405
    assert (await ada.ask("/auth/me")).status_code == 200


async def test_s54_nothing_else_is_there(stranger: Browser) -> None:
    for path in ("/docs", "/redoc", "/openapi.json", "/auth/", "/auth/nothing", "/auth/me/x"):
        assert (await stranger.ask(path)).status_code == 404


async def test_s5_no_origin_is_ever_reflected(stranger: Browser) -> None:
    answer = await stranger.ask("/auth/me", Origin="https://evil.example")

    assert "access-control-allow-origin" not in answer.headers


async def test_s12_headers_do_not_make_anybody_somebody_else(
    ada: Browser, stranger: Browser
) -> None:
    forged = {"X-User-Id": "ada", "X-Real-IP": "203.0.113.9", "Host": "evil.example"}

    assert (await stranger.ask("/auth/me", **forged)).status_code == 401
    assert (await ada.ask("/auth/me", **forged)).json()["alias"] == "Ada"


async def test_the_program_is_ready_when_its_database_is(
    api: FastAPI, stranger: Browser, clock: StoppedClock
) -> None:
    house: HttpHouse = api.state.house
    api.state.house = replace(house, is_ready=lambda: False)
    not_ready = await stranger.ask("/ready")
    alive = await stranger.ask("/health")
    api.state.house = house
    ready = await stranger.ask("/ready")

    assert (not_ready.status_code, ready.status_code, alive.status_code) == (503, 200, 200)
    assert ready.json() == {"status": "ok"}
    assert alive.json() == {"status": "ok", "timestamp": clock.now.isoformat()}


@pytest.mark.parametrize("asks", ["script", "page"])
async def test_s55_a_fault_says_a_reference_and_nothing_else(
    api: FastAPI, stranger: Browser, asks: str
) -> None:
    def break_down() -> bool:
        message = "SELECT secret FROM passwd"
        raise RuntimeError(message)

    api.state.house = replace(api.state.house, is_ready=break_down)
    with capture_logs() as logs:
        answer = await (stranger.ask("/ready") if asks == "script" else stranger.get("/ready"))

    (record,) = [log for log in logs if log["event"] == "unexpected"]
    assert answer.status_code == 500
    assert f"the reference is {record['reference']}." in answer.text
    assert record["path"] == "/ready"
    assert "passwd" not in answer.text
    assert "Error" not in answer.text
