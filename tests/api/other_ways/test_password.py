"""Passwords over HTTP: the way there and back, alike for known and unknown, limited, and off."""

from collections.abc import Callable

import pytest
from fastapi import FastAPI
from httpx import Response

from tests.api.conftest import ROOM, OpenBrowser
from tests.support.browser import Browser
from tests.support.post import Post
from treno_chat.api.house import HttpHouse

EMAIL = "elsa@example.org"
WORDS = "giraffa lampone tavolo"
OTHER = "sette barche in mezzo al prato"
FORM = {"alias": "Elsa", "gender": "female", "email": EMAIL, "password": WORDS}
Ask = Callable[..., object]


async def sign_up(browser: Browser, **more: str) -> Response:
    return await browser.json("/auth/password/sign-up", {**FORM, **more})


async def log_in(browser: Browser, *, email: str = EMAIL, password: str = WORDS) -> Response:
    return await browser.json("/auth/password/login", {"email": email, "password": password})


async def confirm(browser: Browser, post: Post) -> Response:
    body = {"token": post.newest_token(), "password": WORDS}
    return await browser.json("/auth/password/confirm", body)


@pytest.fixture
async def elsa(open_browser: OpenBrowser, post: Post) -> Browser:
    """The browser of somebody with a proven address and a password."""
    browser = open_browser()
    assert (await sign_up(browser)).status_code == 200
    assert (await confirm(browser, post)).status_code == 200
    return browser


async def test_from_the_form_to_a_forgotten_password_and_back(
    elsa: Browser, open_browser: OpenBrowser, post: Post
) -> None:
    await elsa.script("/auth/logout")
    came = await log_in(elsa)
    assert came.json() == {"next": ROOM}
    assert "HttpOnly" in came.headers["set-cookie"]

    asked = await elsa.json("/auth/password/forgot", {"email": EMAIL})
    elsewhere = open_browser()
    body = {"token": post.newest_token(), "password": OTHER, "language": "it"}
    done = await elsewhere.json("/auth/password/reset", body)

    assert (asked.status_code, asked.json()) == (200, {})
    assert done.json() == {"next": "/it/login"}
    assert (await elsa.ask("/auth/me")).status_code == 401
    assert (await log_in(elsewhere)).status_code == 401
    assert (await log_in(elsewhere, password=OTHER)).status_code == 200
    again = await elsewhere.json("/auth/password/reset", body)
    assert (again.status_code, again.json()["code"]) == (400, "link_dead")


async def test_row_23_what_is_said_of_an_address_is_the_same_for_all(
    elsa: Browser, open_browser: OpenBrowser
) -> None:
    wrongs = [
        await log_in(open_browser(), email=email, password=OTHER)
        for email in (EMAIL, "nobody@example.org")
    ]
    forgotten = [
        await open_browser().json("/auth/password/forgot", {"email": email})
        for email in (EMAIL, "nobody@example.org")
    ]

    for known, unknown in (wrongs, forgotten):
        assert (known.status_code, known.json()) == (unknown.status_code, unknown.json())
        assert known.headers == unknown.headers


async def test_row_23_signing_up_says_nothing_of_an_address(
    elsa: Browser, open_browser: OpenBrowser
) -> None:
    known = await sign_up(open_browser(), alias="Gina")
    unknown = await sign_up(open_browser(), alias="Lara", email="nobody@example.org")

    assert (known.status_code, known.json()) == (unknown.status_code, unknown.json())
    assert known.headers.keys() == unknown.headers.keys()


async def test_refusals_stand_beside_their_fields(stranger: Browser) -> None:
    fields = [
        (await sign_up(stranger, **typed)).json()["field"]
        for typed in ({"email": "elsa"}, {"password": WORDS[:14]}, {"alias": "E"}, {"gender": ""})
    ]

    assert fields == ["email", "password", "alias", "gender"]


async def test_s15_after_five_wrong_ones_the_right_one_waits(
    elsa: Browser, open_browser: OpenBrowser
) -> None:
    for _ in range(5):
        assert (await log_in(open_browser(), password=OTHER)).status_code == 401

    late = await log_in(open_browser())

    assert late.status_code == 429
    assert int(late.headers["retry-after"]) > 0


async def test_an_address_gets_two_mails_an_hour(stranger: Browser, post: Post) -> None:
    for email in ("gina@example.org", "GINA@example.org"):
        assert (await stranger.json("/auth/password/forgot", {"email": email})).status_code == 200

    third = await sign_up(stranger, email="gina@example.org")

    assert third.status_code == 429
    assert (await sign_up(stranger)).status_code == 200


async def test_the_account_page_sets_changes_and_removes(elsa: Browser, post: Post) -> None:
    wrong = await elsa.json("/auth/step-up/password", {"password": OTHER})
    before = elsa.session
    right = await elsa.json("/auth/step-up/password", {"password": WORDS})
    changed = await elsa.json("/auth/password/change", {"password": OTHER})
    last = await elsa.json("/auth/password/remove", {})
    twice = await elsa.json("/auth/password", {"email": "e@example.org", "password": WORDS})

    assert (wrong.status_code, wrong.json()["field"]) == (401, "password")
    assert right.status_code == 200
    assert elsa.session != before
    assert changed.status_code == 200
    assert (last.status_code, last.json()["code"]) == (409, "last_way_in")
    assert (twice.status_code, twice.json()["code"]) == (409, "password_exists")


async def test_without_mail_there_are_no_passwords(api: FastAPI, stranger: Browser) -> None:
    house: HttpHouse = api.state.house
    object.__setattr__(house, "has_passwords", False)

    for answer in (
        await sign_up(stranger),
        await log_in(stranger),
        await stranger.json("/auth/password/forgot", {"email": EMAIL}),
    ):
        assert answer.status_code == 404
