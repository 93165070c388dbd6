"""The account over HTTP: what is grave asks for a passkey, and answers give nothing away."""

from datetime import timedelta
from typing import Any

import pytest

from tests.api.account.owning import PROFILE, step_up, told
from tests.api.conftest import OpenBrowser
from tests.conftest import Heard, StoppedClock
from tests.support.authenticator import Authenticator, Lie
from tests.support.browser import ORIGIN, Browser
from tests.support.texts import Texts
from treno_chat.domain.talk.events import PersonChanged, SessionEnded

ROUTES: dict[str, dict[str, Any]] = {
    "/auth/step-up/options": {},
    "/auth/step-up/verify": {"credential": {}},
    "/auth/passkeys/add/options": {},
    "/auth/passkeys/add/verify": {"credential": {}, "name": "Laptop"},
    "/auth/passkeys/rename": {"id": "x", "name": "Laptop"},
    "/auth/passkeys/remove": {"id": "x"},
    "/auth/sessions/end": {"id": "x"},
    "/auth/sessions/end-others": {},
    "/auth/phone/change": {"phone": "333 123 4567", "region": "IT"},
    "/auth/phone/resend": {},
    "/auth/phone/confirm": {"code": "123456"},
    "/auth/profile": PROFILE,
    "/auth/erasure": {},
    "/auth/erasure/undo": {},
    "/auth/erasure/finish": {},
}


# What needs a passkey within ten minutes (row 3).
GRAVE = {
    "/auth/passkeys/add/options": {},
    "/auth/passkeys/remove": {"id": "x"},
    "/auth/sessions/end-others": {},
    "/auth/phone/change": {"phone": "333 123 4567"},
    "/auth/erasure": {},
}


# What a guest may do as well.
FOR_ALL = {"/auth/sessions/end", "/auth/erasure", "/auth/erasure/undo", "/auth/erasure/finish"}


@pytest.mark.parametrize("path", ROUTES)
async def test_a_stranger_gets_nowhere(stranger: Browser, path: str) -> None:
    answer = await stranger.json(path, ROUTES[path])

    assert (answer.status_code, answer.json()["code"]) == (401, "not_signed_in")
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", sorted(set(ROUTES) - FOR_ALL))
async def test_a_guest_has_no_account_to_manage(ada: Browser, path: str) -> None:
    answer = await ada.json(path, ROUTES[path])

    assert answer.status_code in {403, 422}
    assert answer.json()["code"] in {"account_needed", "passkey_expired", "code_dead"}


@pytest.mark.parametrize("path", ROUTES)
async def test_s47_what_is_sent_is_exactly_what_is_asked(dora: Browser, path: str) -> None:
    more = await dora.json(path, ROUTES[path] | {"user_id": "somebody else"})
    assert (more.status_code, more.json()["code"]) == (422, "bad_request")
    for name in ROUTES[path]:
        if name != "credential":
            wrong = await dora.json(path, ROUTES[path] | {name: ["a list"]})
            assert (wrong.status_code, wrong.json()["code"]) == (422, "bad_request")


@pytest.mark.parametrize("path", ROUTES)
async def test_s6_and_s7_another_site_or_method_gets_nowhere(dora: Browser, path: str) -> None:
    foreign = {"Content-Type": "application/json", "Origin": "https://evil.example"}

    assert (await dora.send_raw(path, b"{}", **foreign)).status_code == 403
    assert (await dora.ask(path)).status_code == 405
    assert (await dora.script(path, id="x")).status_code == 415


@pytest.mark.parametrize("path", GRAVE)
async def test_what_is_grave_asks_for_the_passkey(
    dora: Browser, key: Authenticator, clock: StoppedClock, path: str
) -> None:
    clock.pass_(timedelta(minutes=11))
    refused = await dora.json(path, GRAVE[path])
    assert (refused.status_code, refused.json()["code"]) == (403, "step_up_needed")

    assert (await step_up(dora, key)).status_code == 200
    answer = await dora.json(path, GRAVE[path])
    assert answer.json().get("code") in {None, "not_found"}


async def test_stepping_up_rotates_the_cookie(
    dora: Browser, key: Authenticator, open_browser: OpenBrowser
) -> None:
    thief = open_browser()
    thief.client.cookies.update(dora.client.cookies)
    before = dora.session

    answer = await step_up(dora, key)

    assert (answer.status_code, answer.json()) == (200, {})
    assert dora.session != before
    assert dora.client.cookies.get("__Host-treno_ceremony") is None
    assert (await dora.ask("/auth/me")).json()["alias"] == "Dora"
    assert (await thief.ask("/auth/me")).status_code == 401


async def test_s15_who_fails_to_step_up_waits_and_others_do_not(
    dora: Browser, doras_other: Browser, key: Authenticator
) -> None:
    wrong = Lie(origin="https://evil.example", rp_id="treno.example")
    for _ in range(5):
        assert (await step_up(dora, key, wrong)).status_code == 403

    waits = await step_up(dora, key)
    assert waits.status_code == 429
    assert int(waits.headers["retry-after"]) == waits.json()["retry_after"] > 0
    assert (await step_up(doras_other, key)).status_code == 200


async def test_one_session_is_ended_and_the_others_go_on(
    dora: Browser, doras_other: Browser, heard: Heard
) -> None:
    me = (await told(doras_other))["sessions"]
    assert len(me) == 2
    ended = await dora.json("/auth/sessions/end-others", {})

    assert ended.json() == {"ended": 1}
    assert (await doras_other.ask("/auth/me")).status_code == 401
    assert (await dora.ask("/auth/me")).status_code == 200
    assert any(isinstance(event, SessionEnded) for event in heard.events)


async def test_s33_another_session_ends_after_a_fresh_proof_by_whichever_way(
    dora: Browser, doras_other: Browser, key: Authenticator, clock: StoppedClock
) -> None:
    other = (await doras_other.ask("/api/v1/auth/session")).json()["id"]
    clock.pass_(timedelta(minutes=11))
    by_page = await dora.json("/auth/sessions/end", {"id": other})
    path = f"/api/v1/auth/sessions/{other}"
    by_api = await dora.client.delete(path, headers={"Origin": ORIGIN})
    assert (by_page.status_code, by_page.json()["code"]) == (403, "step_up_needed")
    assert (by_api.status_code, by_api.json()["code"]) == (403, "STEP_UP_NEEDED")

    await step_up(dora, key)
    assert (await dora.json("/auth/sessions/end", {"id": other})).status_code == 200
    assert (await doras_other.ask("/auth/me")).status_code == 401


async def test_the_session_one_asks_from_is_ended_with_its_cookie(
    dora: Browser, doras_other: Browser
) -> None:
    both = {each["id"] for each in (await told(dora))["sessions"]}
    await dora.json("/auth/sessions/end-others", {})
    (own,) = [each["id"] for each in (await told(dora))["sessions"]]

    (other,) = both - {own}
    gone = await dora.json("/auth/sessions/end", {"id": other})
    assert (gone.status_code, (await doras_other.ask("/auth/me")).status_code) == (404, 401)
    assert (await dora.json("/auth/sessions/end", {"id": own})).json() == {}
    assert dora.session is None


async def test_a_session_of_somebody_else_is_not_there(dora: Browser, ada: Browser) -> None:
    answer = await dora.json("/auth/sessions/end", {"id": "01a1fd07-f45b-7f70-9328-ce4bb67d4d54"})

    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert (await ada.ask("/auth/me")).status_code == 200


async def test_another_number_is_proven_and_kept(dora: Browser, texts: Texts) -> None:
    sent = await dora.json("/auth/phone/change", {"phone": "333 123 4567", "region": "IT"})
    assert sent.json() == {
        "masked": "+39 •••••••567",
        "resend_after": 60,
        "expires_in": 300,
        "tries": 3,
    }
    cookie = sent.headers["set-cookie"].lower()
    assert cookie.startswith("__host-treno_phone=")
    assert {"httponly", "secure", "samesite=lax"} <= {one.strip() for one in cookie.split(";")}
    wrong = await dora.json("/auth/phone/confirm", {"code": "12"})
    assert (wrong.status_code, wrong.json()["field"]) == (422, "code")
    soon = await dora.json("/auth/phone/resend", {})
    assert soon.status_code == 429

    kept = await dora.json("/auth/phone/confirm", {"code": texts.newest_code()})
    assert kept.json() == {"masked": "+39 •••••••567"}
    assert (await told(dora))["person"]["phone"] == "+393331234567"
    again = await dora.json("/auth/phone/confirm", {"code": texts.newest_code()})
    assert (again.status_code, again.json()["code"]) == (422, "code_dead")


async def test_the_profile_is_changed_and_seen(dora: Browser, ada: Browser, heard: Heard) -> None:
    answer = await dora.json(
        "/auth/profile", PROFILE | {"alias": "Dorina", "status_line": "Ciao", "language": "it"}
    )

    assert answer.json()["alias"] == answer.json()["accepted"]["name"] == "Dorina"
    assert dora.client.cookies.get("treno_language") == "it"
    assert (await dora.ask("/auth/me")).json()["alias"] == "Dorina"
    assert any(isinstance(event, PersonChanged) for event in heard.events)
    taken = await dora.json("/auth/profile", PROFILE | {"alias": "ADA"})
    assert (taken.status_code, taken.json()["field"]) == (409, "alias")
