"""Recovery over HTTP: what a browser is told of a number, and of its code."""

from datetime import timedelta
from typing import Any

import pytest

from tests.api.conftest import OpenBrowser
from tests.api.recovery.steps import COOKIE, HERS, NOBODYS
from tests.conftest import StoppedClock
from tests.support.browser import Browser
from tests.support.texts import Texts


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


async def test_a_network_that_asks_for_too_many_codes_is_told_how_long_to_wait(
    chiara: Browser, open_browser: OpenBrowser
) -> None:
    numbers = [f"34{number} 678 9000" for number in range(10)]
    told = [
        (await open_browser().json("/auth/recover", {"phone": phone})).status_code
        for phone in numbers
    ]

    recovery = await open_browser().json("/auth/recover", {"phone": HERS})
    change = await chiara.json("/auth/phone/change", {"phone": NOBODYS})

    assert told == [200] * 10
    for answer in (recovery, change):
        assert (answer.status_code, answer.json()["code"]) == (429, "sms_network")
        assert (answer.json()["retry_after"], answer.headers["retry-after"]) == (3600, "3600")


@pytest.mark.parametrize("phone", [HERS, NOBODYS])
async def test_a_sender_that_fails_is_told_to_everybody(
    chiara: Browser, stranger: Browser, texts: Texts, phone: str
) -> None:
    texts.is_closed = True

    answer = await stranger.json("/auth/recover", {"phone": phone})

    assert (answer.status_code, answer.json()["code"]) == (503, "sms_failed")
    texts.is_closed = False
    assert (await stranger.json("/auth/recover", {"phone": phone})).status_code == 200


async def test_the_message_speaks_the_language_of_the_page(
    chiara: Browser, stranger: Browser, texts: Texts
) -> None:
    stranger.client.headers["Accept-Language"] = "it"

    await stranger.json("/auth/recover", {"phone": HERS})

    sms = texts.sent[-1]
    assert sms is not None
    assert "è il tuo codice" in sms.text
