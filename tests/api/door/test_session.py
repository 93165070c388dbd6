"""The session from outside: who am I, the language, the way out."""

from datetime import timedelta

import pytest

from tests.api.conftest import ROOM, OpenBrowser
from tests.conftest import Heard, StoppedClock
from tests.support.browser import Browser
from treno_chat.domain.talk.events import SessionEnded


async def test_the_entry_page_learns_whom_this_browser_may_go_on_as(ada: Browser) -> None:
    answer = await ada.ask("/auth/me")

    me = answer.json()
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    assert (me["alias"], me["gender"], me["is_anonymous"]) == ("Ada", "female", True)
    assert set(me["seal"]) == {"shape", "ink", "number"}
    assert me["ends_at"] == "2026-11-22T08:30:00+00:00"
    assert set(me) == {"alias", "gender", "is_anonymous", "seal", "ends_at"}


async def test_a_stranger_is_nobody(stranger: Browser) -> None:
    answer = await stranger.ask("/auth/me")

    assert (answer.status_code, answer.json()["code"]) == (401, "not_signed_in")
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("token", ["", "x" * 43, "é", "a" * 5000])
async def test_a_made_up_cookie_is_nobodys(stranger: Browser, token: str) -> None:
    cookie = f"__Host-treno_session={token}".encode("latin-1").decode("latin-1")

    answer = await stranger.client.get("/auth/me", headers=[("Cookie", cookie.encode("latin-1"))])  # type: ignore[list-item]

    assert answer.status_code == 401


async def test_s28_the_session_ends_by_itself_and_use_keeps_it(
    ada: Browser, clock: StoppedClock
) -> None:
    clock.pass_(timedelta(hours=11))
    assert (await ada.ask("/auth/me")).status_code == 200
    clock.pass_(timedelta(hours=11))
    assert (await ada.ask("/auth/me")).status_code == 200
    clock.pass_(timedelta(hours=2))

    assert (await ada.ask("/auth/me")).status_code == 401


async def test_s29_logout_kills_the_replayed_cookie(ada: Browser, heard: Heard) -> None:
    token = ada.session

    answer = await ada.form("/auth/logout")
    replayed = await ada.ask("/auth/me", Cookie=f"__Host-treno_session={token}")

    assert (answer.status_code, answer.headers["location"]) == (303, "/en")
    assert answer.headers["clear-site-data"] == '"storage"'
    assert ada.session is None
    assert replayed.status_code == 401
    assert [type(event) for event in heard.events] == [SessionEnded]


async def test_leaving_twice_is_leaving_once(ada: Browser, heard: Heard) -> None:
    first = await ada.script("/auth/logout")
    second = await ada.script("/auth/logout")

    assert (first.json(), second.json()) == ({"next": "/en"}, {"next": "/en"})
    assert len(heard.events) == 1


async def test_who_leaves_takes_nobody_along(ada: Browser, open_browser: OpenBrowser) -> None:
    bruno = open_browser()
    await bruno.script("/auth/enter", alias="Bruno", gender="male")

    await ada.script("/auth/logout")

    assert (await bruno.ask("/auth/me")).json()["alias"] == "Bruno"


async def test_the_language_is_remembered_and_the_page_shown_again(stranger: Browser) -> None:
    chosen = await stranger.form("/auth/language", language="it", next=ROOM)
    start = await stranger.get("/")

    assert (chosen.status_code, chosen.headers["location"]) == (303, ROOM)
    assert start.headers["location"] == "/it"
    assert "httponly" not in chosen.headers["set-cookie"].lower()


async def test_a_language_chosen_at_the_entry_shows_the_entry_in_it(stranger: Browser) -> None:
    nowhere = await stranger.form("/auth/language", language="it", next="//evil.example")
    script = await stranger.script("/auth/language", language="en")

    assert nowhere.headers["location"] == "/it"
    assert script.json() == {"next": "/en"}


@pytest.mark.parametrize("language", ["", "de", "it\r\nX: y"])
async def test_a_language_that_we_do_not_speak_changes_nothing(
    stranger: Browser, language: str
) -> None:
    answer = await stranger.script("/auth/language", language=language)

    assert (answer.status_code, answer.json()["field"]) == (422, "language")
    assert "set-cookie" not in answer.headers


async def test_a_theme_is_remembered_and_the_page_shown_again(stranger: Browser) -> None:
    chosen = await stranger.form("/auth/theme", theme="dark", next=ROOM)
    door = await stranger.get("/door")
    await stranger.form("/auth/theme", theme="system")
    usual = await stranger.get("/door")

    assert (chosen.status_code, chosen.headers["location"]) == (303, ROOM)
    assert "httponly" not in chosen.headers["set-cookie"].lower()
    assert '<html class="dark" lang="en">' in door.text
    assert int(door.headers["content-length"]) == len(door.content)
    assert '<html lang="en">' in usual.text


@pytest.mark.parametrize("theme", ["", "plaid", "dark\r\nX: y"])
async def test_a_theme_that_there_is_not_changes_nothing(stranger: Browser, theme: str) -> None:
    answer = await stranger.script("/auth/theme", theme=theme)

    assert (answer.status_code, answer.json()["field"]) == (422, "theme")
    assert "set-cookie" not in answer.headers
