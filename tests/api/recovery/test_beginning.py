"""Recovery over HTTP: what a browser is told at each step, and what its cookie says."""

from datetime import timedelta
from typing import Any

import pytest

from tests.api.conftest import ROOM, OpenBrowser
from tests.conftest import StoppedClock
from tests.support.authenticator import Authenticator, Lie
from tests.support.browser import ORIGIN, Browser
from tests.support.texts import Texts

TRUTH = Lie(origin=ORIGIN, rp_id="treno.example")
HERS, NOBODYS = "347 123 4567", "347 123 9999"
COOKIE = "__Host-treno_recovery"


async def sign_up(browser: Browser, alias: str) -> Authenticator:
    """Make an account."""
    key = Authenticator()
    form = {"alias": alias, "gender": "female", "phone": HERS}
    options = await browser.json("/auth/passkeys/sign-up/options", form)
    credential = key.create(options.json(), TRUTH)
    answer = await browser.json("/auth/passkeys/sign-up/verify", {"credential": credential})
    assert answer.status_code == 200
    return key


@pytest.fixture
async def chiara(open_browser: OpenBrowser) -> Browser:
    """The browser of somebody who has signed up."""
    browser = open_browser()
    await sign_up(browser, "Chiara")
    return browser


@pytest.fixture
async def codes(chiara: Browser) -> list[str]:
    """Chiara's recovery codes."""
    answer = await chiara.json("/auth/recovery-codes", {})
    assert answer.status_code == 200
    return answer.json()["codes"]


async def prove(browser: Browser, texts: Texts) -> Any:  # noqa: ANN401 -- JSON
    """Ask for a code and give it back."""
    await browser.json("/auth/recover", {"phone": HERS})
    answer = await browser.json("/auth/recover/code", {"code": texts.newest_code()})
    assert answer.status_code == 200
    return answer.json()


async def make_passkey(browser: Browser) -> Any:  # noqa: ANN401 -- JSON
    """Go through the last ceremony."""
    options = await browser.json("/auth/recover/passkey/options", {})
    credential = Authenticator().create(options.json(), TRUTH)
    return await browser.json("/auth/recover/passkey/verify", {"credential": credential})


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


async def test_s14_and_s23_known_and_unknown_numbers_are_answered_alike(
    chiara: Browser, open_browser: OpenBrowser, texts: Texts, clock: StoppedClock
) -> None:
    told: list[list[Any]] = []
    for phone in (HERS, NOBODYS):
        browser = open_browser()
        answers = [await browser.json("/auth/recover", {"phone": phone})]
        answers += [await browser.json("/auth/recover/code", {"code": "000000"}) for _ in range(4)]
        answers += [await browser.json("/auth/recover/resend", {})]
        clock.pass_(timedelta(seconds=60))
        answers += [await browser.json("/auth/recover/resend", {})]
        answers += [await browser.json("/auth/recover/status", {})]
        told.append(
            [
                (
                    answer.status_code,
                    {key: value for key, value in answer.json().items() if key != "masked"},
                    sorted(answer.headers),
                )
                for answer in answers
            ]
        )

    assert told[0] == told[1]
    assert [status for status, _, _ in told[0]] == [200, 422, 422, 422, 422, 429, 200, 409]
    assert [sms is None for sms in texts.sent] == [False, False, True, True]


async def test_the_answer_says_what_the_page_needs(stranger: Browser) -> None:
    answer = await stranger.json("/auth/recover", {"phone": "+39 347 123 9999"})

    assert answer.json() == {
        "masked": "+39 •••••••999",
        "resend_after": 60,
        "expires_in": 300,
        "tries": 3,
    }
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith(f"{COOKIE}=")
    for part in ("HttpOnly", "Secure", "Path=/", "SameSite=lax", "Max-Age=4500"):
        assert part in cookie


async def test_a_malformed_number_is_an_error_at_its_field(stranger: Browser) -> None:
    answer = await stranger.json("/auth/recover", {"phone": "347"})

    assert answer.status_code == 422
    assert (answer.json()["code"], answer.json()["field"]) == ("phone_invalid", "phone")
    assert stranger.client.cookies.get(COOKIE) is None


async def test_a_wrong_code_is_told_with_the_tries_that_are_left(
    chiara: Browser, stranger: Browser, texts: Texts
) -> None:
    await stranger.json("/auth/recover", {"phone": HERS})
    wrong = f"{(int(texts.newest_code()) + 1) % 10**6:06}"

    answer = await stranger.json("/auth/recover/code", {"code": wrong})

    told = answer.json()
    assert answer.status_code == 422
    assert (told["code"], told["field"], told["tries"]) == ("code_wrong", "code", 2)


async def test_a_resend_too_soon_says_how_long_to_wait(chiara: Browser, stranger: Browser) -> None:
    await stranger.json("/auth/recover", {"phone": HERS})

    answer = await stranger.json("/auth/recover/resend", {})

    assert (answer.status_code, answer.json()["retry_after"]) == (429, 60)
    assert answer.headers["retry-after"] == "60"


@pytest.mark.parametrize("phone", [HERS, NOBODYS])
async def test_a_sender_that_fails_is_told_to_everybody(
    chiara: Browser, stranger: Browser, texts: Texts, phone: str
) -> None:
    texts.is_closed = True

    answer = await stranger.json("/auth/recover", {"phone": phone})

    assert (answer.status_code, answer.json()["code"]) == (503, "sms_failed")
    texts.is_closed = False
    assert (await stranger.json("/auth/recover", {"phone": phone})).status_code == 200


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


async def test_the_message_speaks_the_language_of_the_page(
    chiara: Browser, stranger: Browser, texts: Texts
) -> None:
    stranger.client.headers["Accept-Language"] = "it"

    await stranger.json("/auth/recover", {"phone": HERS})

    sms = texts.sent[-1]
    assert sms is not None
    assert "è il tuo codice" in sms.text
