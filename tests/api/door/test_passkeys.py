"""Passkey ceremonies over HTTP, with an authenticator of our own."""

import json
from collections.abc import Generator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine

from tests.api.conftest import PLACE, ROOM, OpenBrowser
from tests.conftest import StoppedClock
from tests.support.authenticator import Authenticator, Lie
from tests.support.browser import ORIGIN, Browser

TRUTH = Lie(origin=ORIGIN, rp_id="treno.example")
FORM = {"alias": "Chiara", "gender": "female", "phone": "347 123 4567"}
BOTH = ("sign-up", "login")
MALFORMED: list[object] = [
    None,
    [],
    {},
    "x",
    1,
    {"id": "x"},
    {"response": []},
    [[1]],
    {"id": "\ud800"},
    {"id": {}},
]


@pytest.fixture
def later() -> Generator[time_machine.Traveller]:
    """What lets the minutes pass that limits count."""
    start = datetime(2026, 11, 21, 8, 30, tzinfo=UTC)
    with time_machine.travel(start, tick=False) as traveller:
        yield traveller


async def sign_up(browser: Browser, authenticator: Authenticator, **form: str) -> Any:  # noqa: ANN401 -- JSON
    """Go through a whole registration and return what it says."""
    options = await browser.json("/auth/passkeys/sign-up/options", FORM | form)
    credential = authenticator.create(options.json(), TRUTH)
    return await browser.json("/auth/passkeys/sign-up/verify", {"credential": credential})


async def log_in(browser: Browser, authenticator: Authenticator, **more: str) -> Any:  # noqa: ANN401 -- JSON
    """Go through a whole authentication and return what it says."""
    options = await browser.json("/auth/passkeys/login/options", {})
    credential = authenticator.get(options.json(), TRUTH)
    return await browser.json("/auth/passkeys/login/verify", {"credential": credential, **more})


@pytest.fixture
def key() -> Authenticator:
    """A device that makes passkeys."""
    return Authenticator()


@pytest.fixture
async def chiara(open_browser: OpenBrowser, key: Authenticator) -> Browser:
    """The browser of somebody who has signed up."""
    browser = open_browser()
    answer = await sign_up(browser, key)
    assert answer.status_code == 200
    return browser


async def test_somebody_signs_up_and_is_in(stranger: Browser, key: Authenticator) -> None:
    answer = await sign_up(stranger, key)

    me = (await stranger.ask("/auth/me")).json()
    assert answer.json() == {"next": ROOM}
    assert (me["alias"], me["is_anonymous"]) == ("Chiara", False)
    assert stranger.client.cookies.get("__Host-treno_ceremony") is None


async def test_somebody_logs_in_on_another_browser(
    chiara: Browser, key: Authenticator, stranger: Browser
) -> None:
    answer = await log_in(stranger, key, place=PLACE, next="/p/x")

    assert (answer.status_code, answer.json()) == (200, {"next": "/p/x"})
    assert (await stranger.ask("/auth/me")).json()["alias"] == "Chiara"
    assert stranger.session != chiara.session


async def test_s27_a_guest_who_registers_gets_a_new_token_and_stays_the_same_person(
    ada: Browser, key: Authenticator, open_browser: OpenBrowser
) -> None:
    before = (await ada.ask("/auth/me")).json()
    old_tab = open_browser()
    old_tab.client.cookies.update(ada.client.cookies)

    await sign_up(ada, key, alias="Ada")

    after = (await ada.ask("/auth/me")).json()
    assert (before["is_anonymous"], after["is_anonymous"]) == (True, False)
    assert (after["alias"], after["seal"]) == ("Ada", before["seal"])
    assert (await old_tab.ask("/auth/me")).status_code == 401


async def test_the_ceremony_cookie_is_out_of_reach_and_short_lived(stranger: Browser) -> None:
    answer = await stranger.json("/auth/passkeys/login/options", {})

    attributes = {part.strip().lower() for part in answer.headers["set-cookie"].split(";")[1:]}
    assert answer.headers["set-cookie"].startswith("__Host-treno_ceremony=")
    assert attributes == {"httponly", "secure", "samesite=lax", "path=/", "max-age=300"}
    assert "allowCredentials" not in answer.json() or answer.json()["allowCredentials"] == []


async def test_a_form_of_sign_up_is_refused_at_its_field(stranger: Browser) -> None:
    wrong = await stranger.json("/auth/passkeys/sign-up/options", FORM | {"phone": "12"})
    right = await stranger.json("/auth/passkeys/sign-up/options", FORM)

    assert (wrong.status_code, wrong.json()["field"]) == (422, "phone")
    assert "set-cookie" not in wrong.headers
    assert right.status_code == 200


async def test_a_phone_of_another_country_is_read_with_its_region(stranger: Browser) -> None:
    british = FORM | {"phone": "07400 123456"}

    at_home = await stranger.json("/auth/passkeys/sign-up/options", british)
    abroad = await stranger.json("/auth/passkeys/sign-up/options", british | {"region": "GB"})

    assert (at_home.status_code, abroad.status_code) == (422, 200)


async def test_s48_an_answer_without_a_question_is_refused(
    chiara: Browser, key: Authenticator, stranger: Browser
) -> None:
    options = (await stranger.json("/auth/passkeys/login/options", {})).json()
    credential = key.get(options, TRUTH)
    handle = stranger.client.cookies.get("__Host-treno_ceremony")
    stranger.client.cookies.delete("__Host-treno_ceremony")

    without = await stranger.json("/auth/passkeys/login/verify", {"credential": credential})
    stranger.client.cookies.set("__Host-treno_ceremony", handle or "", domain="treno.example")
    with_handle = await stranger.json("/auth/passkeys/login/verify", {"credential": credential})
    again = await stranger.json("/auth/passkeys/login/verify", {"credential": credential})

    assert chiara.session is not None
    assert (without.status_code, with_handle.status_code, again.status_code) == (403, 200, 403)


async def test_a18_every_refused_login_is_the_same_answer(
    chiara: Browser, key: Authenticator, stranger: Browser, later: time_machine.Traveller
) -> None:
    answers = set[tuple[int, str]]()
    lies = (
        Lie(origin="https://evil.example", rp_id="treno.example"),
        Lie(origin=ORIGIN, rp_id="evil.example"),
        Lie(origin=ORIGIN, rp_id="treno.example", flags=0x01),
        Lie(origin=ORIGIN, rp_id="treno.example", without_handle=True),
        Lie(origin=ORIGIN, rp_id="treno.example", handle=b"somebody else"),
        Lie(origin=ORIGIN, rp_id="treno.example", more={"crossOrigin": True}),
    )
    for lie in lies:
        options = (await stranger.json("/auth/passkeys/login/options", {})).json()
        body = {"credential": key.get(options, lie)}
        answer = await stranger.json("/auth/passkeys/login/verify", body)
        answers.add((answer.status_code, answer.text))
        assert stranger.session is None
        later.shift(timedelta(minutes=15))  # Or the sixth would not be looked at.

    assert chiara.session is not None
    assert len(answers) == 1
    assert (await log_in(stranger, key)).status_code == 200


async def test_a5_what_comes_too_late_says_so_whosever_it_is_and_is_no_failure(
    chiara: Browser,
    key: Authenticator,
    stranger: Browser,
    clock: StoppedClock,
    later: time_machine.Traveller,
) -> None:
    async def begin() -> dict[str, Any]:
        return (await stranger.json("/auth/passkeys/login/options", {})).json()

    async def end(credential: object) -> tuple[int, str]:
        answer = await stranger.json("/auth/passkeys/login/verify", {"credential": credential})
        return answer.status_code, answer.text

    told = set[tuple[int, str]]()
    for one in (key, Authenticator(), key, Authenticator()):
        # The first of two tabs, in the browser's one jar; and what the other did is gone with it.
        first, second = await begin(), await begin()
        told |= {await end(one.get(first, TRUTH)), await end(one.get(second, TRUTH))}
        # As long as no page waits: the cookie is over too, but a browser may be late with that.
        waited = await begin()
        clock.pass_(timedelta(minutes=6))
        told.add(await end(one.get(waited, TRUTH)))
        later.shift(timedelta(minutes=1))

    assert chiara.session is not None
    [(status, text)] = told
    assert (status, json.loads(text)["code"]) == (403, "passkey_expired")
    assert (await log_in(stranger, key)).status_code == 200


async def test_s15_after_five_failures_the_right_answer_waits_too_and_others_do_not(
    chiara: Browser, key: Authenticator, open_browser: OpenBrowser, later: time_machine.Traveller
) -> None:
    lie = Lie(origin=ORIGIN, rp_id="evil.example")
    for number in range(5):
        eve = open_browser()
        eve.client.headers["User-Agent"] = f"eve's browser {number}"
        options = (await eve.json("/auth/passkeys/login/options", {})).json()
        refused = await eve.json(
            "/auth/passkeys/login/verify", {"credential": key.get(options, lie)}
        )
        assert refused.status_code == 403

    right = await log_in(open_browser(), key)
    assert (right.status_code, right.headers["retry-after"]) == (429, "900")
    assert right.json()["retry_after"] == 900

    other = Authenticator()
    await sign_up(open_browser(), other, alias="Dora", phone="347 123 4568")
    later.shift(timedelta(minutes=1))
    assert (await log_in(open_browser(), other)).status_code == 200
    assert chiara.session is not None
    later.shift(timedelta(minutes=15))
    assert (await log_in(open_browser(), key)).status_code == 200


async def test_s67_a_passkey_that_is_not_ours_may_be_forgotten(
    chiara: Browser, key: Authenticator, stranger: Browser
) -> None:
    unknown = Authenticator(handle=key.handle)

    answer = await log_in(stranger, unknown)

    assert chiara.session is not None
    assert (answer.status_code, answer.json()["code"]) == (403, "passkey_refused")
    assert answer.json()["is_unknown"] is True


@pytest.mark.parametrize("ceremony", BOTH)
@pytest.mark.parametrize("credential", MALFORMED)
async def test_s47_a_malformed_credential_is_refused_and_breaks_nothing(
    stranger: Browser, ceremony: str, credential: object
) -> None:
    begin = FORM if ceremony == "sign-up" else {}
    await stranger.json(f"/auth/passkeys/{ceremony}/options", begin)

    answer = await stranger.json(f"/auth/passkeys/{ceremony}/verify", {"credential": credential})

    assert answer.status_code == 403
    assert stranger.session is None


async def test_the_twenty_first_ceremony_of_a_browser_in_a_minute_waits(
    stranger: Browser,
) -> None:
    for _ in range(20):
        assert (await stranger.json("/auth/passkeys/login/options", {})).status_code == 200

    answer = await stranger.json("/auth/passkeys/sign-up/options", FORM)

    assert answer.status_code == 429
    assert "retry-after" in answer.headers


async def test_an_unknown_place_takes_no_challenge(
    chiara: Browser, key: Authenticator, stranger: Browser
) -> None:
    options = (await stranger.json("/auth/passkeys/login/options", {})).json()
    credential = key.get(options, TRUTH)

    async def verify(place: str) -> int:
        body = {"credential": credential, "place": place}
        return (await stranger.json("/auth/passkeys/login/verify", body)).status_code

    assert chiara.session is not None
    assert await verify("nowhere") == 404
    assert await verify(PLACE) == 200
