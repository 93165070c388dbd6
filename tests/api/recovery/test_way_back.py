"""Recovery over HTTP: the ways back in, and what the cookie is good for."""

from datetime import timedelta

from tests.api.conftest import ROOM, OpenBrowser
from tests.api.recovery.steps import COOKIE, make_passkey, prove, sign_up
from tests.conftest import StoppedClock
from tests.support.browser import Browser
from tests.support.texts import Texts


async def test_phone_and_recovery_code_lead_back_in(
    chiara: Browser, codes: list[str], stranger: Browser, texts: Texts
) -> None:
    ways = await prove(stranger, texts)
    proof = await stranger.json("/auth/recover/proof", {"recovery_code": codes[0]})
    answer = await make_passkey(stranger)

    assert ways == {"may_use_code": True, "delay_hours": 24}
    assert proof.json() == {"alias": "Chiara"}
    assert (answer.status_code, answer.json()) == (200, {"next": ROOM})
    assert (await stranger.ask("/auth/me")).json()["alias"] == "Chiara"
    assert (await chiara.ask("/auth/me")).status_code == 401
    assert stranger.client.cookies.get(COOKIE) is None


async def test_the_phone_alone_waits_a_day(
    chiara: Browser, stranger: Browser, texts: Texts, clock: StoppedClock
) -> None:
    ways = await prove(stranger, texts)
    waited = await stranger.json("/auth/recover/wait", {})
    too_soon = await stranger.json("/auth/recover/passkey/options", {})
    clock.pass_(timedelta(hours=24))
    status = await stranger.json("/auth/recover/status", {})
    answer = await make_passkey(stranger)

    effective_at = clock.now.isoformat()
    assert ways == {"may_use_code": False, "delay_hours": 24}
    assert waited.json() == {"effective_at": effective_at}
    assert (too_soon.status_code, too_soon.json()["code"]) == (403, "recovery_waits")
    assert status.json() == {"state": "ready", "effective_at": effective_at}
    assert answer.status_code == 200


async def test_whoever_is_inside_calls_it_off(
    chiara: Browser, stranger: Browser, texts: Texts, clock: StoppedClock
) -> None:
    await prove(stranger, texts)
    await stranger.json("/auth/recover/wait", {})
    answer = await chiara.json("/auth/recovery/cancel", {})
    clock.pass_(timedelta(hours=24))

    assert answer.json() == {"cancelled": 1}
    assert (await stranger.json("/auth/recover/status", {})).json()["state"] == "cancelled"
    options = await stranger.json("/auth/recover/passkey/options", {})
    assert (options.status_code, options.json()["code"]) == (409, "recovery_cancelled")


async def test_a_family_chooses_whose_account_it_is(
    chiara: Browser, open_browser: OpenBrowser, stranger: Browser, texts: Texts
) -> None:
    await sign_up(open_browser(), "Dario")

    ways = await prove(stranger, texts)
    unchosen = await stranger.json("/auth/recover/wait", {})
    his = ways["accounts"][1]
    chosen = await stranger.json("/auth/recover/wait", {"account": his["id"]})

    assert [account["alias"] for account in ways["accounts"]] == ["Chiara", "Dario"]
    assert set(his["seal"]) == {"shape", "ink", "number"}
    assert (unchosen.status_code, unchosen.json()["field"]) == (422, "account")
    assert chosen.status_code == 200


async def test_another_browser_cannot_go_on_with_what_one_has_proven(
    chiara: Browser, codes: list[str], stranger: Browser, open_browser: OpenBrowser, texts: Texts
) -> None:
    await prove(stranger, texts)

    answer = await open_browser().json("/auth/recover/proof", {"recovery_code": codes[0]})

    assert (answer.status_code, answer.json()["code"]) == (409, "code_gone")


async def test_the_secret_of_the_cookie_changes_with_every_step(
    chiara: Browser, codes: list[str], stranger: Browser, texts: Texts
) -> None:
    await prove(stranger, texts)
    before = stranger.client.cookies.get(COOKIE)

    await stranger.json("/auth/recover/proof", {"recovery_code": codes[0]})

    assert before != stranger.client.cookies.get(COOKIE)


async def test_recovery_codes_are_for_accounts_proven_just_now(
    chiara: Browser, ada: Browser, clock: StoppedClock
) -> None:
    clock.pass_(timedelta(minutes=11))

    stale = await chiara.json("/auth/recovery-codes", {})
    guests = await ada.json("/auth/recovery-codes", {})

    assert (stale.status_code, stale.json()["code"]) == (403, "step_up_needed")
    assert (guests.status_code, guests.json()["code"]) == (403, "account_needed")
