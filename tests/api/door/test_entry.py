"""The door: who comes in, who does not, and what either is shown."""

from datetime import timedelta

import pytest

from tests.api.conftest import PLACE, ROOM, OpenBrowser
from tests.conftest import StoppedClock
from tests.support.browser import HTML, ORIGIN, Browser
from treno_chat.actions.door.sessions import authenticate
from treno_chat.actions.operations.places import add_place
from treno_chat.actions.transaction import Transactions
from treno_chat.domain.door.sessions import hash_token
from treno_chat.domain.places import PlaceKind

REFUSED = {
    "it": ("È troppo corto", "Scegli una delle quattro risposte."),
    "en": ("It is too short", "Choose one of the four answers."),
}


async def test_a_guest_comes_in_without_javascript(
    stranger: Browser, transactions: Transactions
) -> None:
    answer = await stranger.form("/auth/enter", place=PLACE, alias=" Ada ", gender="female")

    assert (answer.status_code, answer.headers["location"]) == (303, ROOM)
    with transactions.reading() as tx:
        ada = authenticate(tx, hash_token(stranger.session or ""))
    assert (ada.user.alias, ada.user.is_anonymous) == ("Ada", True)


@pytest.mark.parametrize(
    ("page", "led_to"),
    [
        ("/it?next=%2Fp%2Fbagno-62%2Fbar&place=bagno-62", "/p/bagno-62/bar"),
        ("/it?place=bagno-62&next=https%3A%2F%2Felsewhere.example", "/p/bagno-62/chat"),
        ("/it", ROOM),
        ("//[", ROOM),
    ],
)
async def test_without_javascript_one_comes_to_the_place_that_the_address_names(
    stranger: Browser, transactions: Transactions, page: str, led_to: str
) -> None:
    with transactions.writing() as tx:
        add_place(tx, "bagno-62", "Bagno 62", kind=PlaceKind.BEACH)
    # As it is pre-rendered: the same for every place.
    form = {"place": "", "next": "", "alias": "Ada", "gender": "female"}

    answer = await stranger.send("/auth/enter", form, Accept=HTML, Referer=f"{ORIGIN}{page}")

    assert (answer.status_code, answer.headers["location"]) == (303, led_to)


async def test_a_guest_comes_in_by_script(stranger: Browser) -> None:
    answer = await stranger.script("/auth/enter", place=PLACE, alias="Ada", gender="female")

    assert (answer.status_code, answer.json()) == (200, {"next": ROOM})
    assert stranger.session is not None


async def test_s3_the_session_cookie_is_out_of_reach(
    stranger: Browser, transactions: Transactions
) -> None:
    answer = await stranger.form("/auth/enter", alias="Ada", gender="female")

    cookie, *rest = [one for one in answer.headers.get_list("set-cookie") if "treno_session" in one]
    seconds = int(transactions.policy.guest_absolute.total_seconds())
    attributes = {part.strip().lower() for part in cookie.split(";")[1:]}
    assert rest == []
    assert cookie.startswith("__Host-treno_session=")
    assert attributes == {"httponly", "secure", "samesite=lax", "path=/", f"max-age={seconds}"}
    assert len(cookie) < 4096


async def test_s4_the_token_is_in_no_answer_but_its_cookie(stranger: Browser) -> None:
    answer = await stranger.script("/auth/enter", alias="Ada", gender="female")
    me = await stranger.ask("/auth/me")

    assert stranger.session
    assert stranger.session not in answer.text + answer.headers.get("location", "") + me.text


@pytest.mark.parametrize("language", ["it", "en"])
async def test_each_refusal_stands_beside_its_field_and_what_was_typed_stays(
    stranger: Browser, language: str
) -> None:
    answer = await stranger.form(
        "/auth/enter", place=PLACE, alias="A", gender="", next="/p/x", language=language
    )

    alias, gender = REFUSED[language]
    assert answer.status_code == 422
    assert f'<html lang="{language}">' in answer.text
    assert alias in _error(answer.text, "alias")
    assert gender in _error(answer.text, "gender")
    assert 'name="alias" value="A"' in answer.text
    assert 'name="next" value="/p/x"' in answer.text
    assert f'name="place" value="{PLACE}"' in answer.text
    assert stranger.session is None


async def test_a_script_hears_the_same_refusal(stranger: Browser) -> None:
    answer = await stranger.script("/auth/enter", alias="A", gender="other")

    assert answer.status_code == 422
    assert answer.json() == {
        "detail": "It is too short: 2 characters at least.",
        "code": "alias_too_short",
        "field": "alias",
    }


async def test_nobody_takes_the_alias_of_somebody_present(
    ada: Browser, open_browser: OpenBrowser
) -> None:
    bruno = open_browser()

    taken = await bruno.form("/auth/enter", alias="ADA", gender="male")
    free = await bruno.form("/auth/enter", alias="Bruno", gender="male")

    assert ada.session is not None
    assert taken.status_code == 409
    assert "Someone here has that alias" in _error(taken.text, "alias")
    assert free.status_code == 303


@pytest.mark.parametrize(
    "alias",
    ['"><script>alert(1)</script>', "<img src=x onerror=alert(1)>", "' autofocus x='", "{alias}"],
)
async def test_s43_what_is_typed_is_shown_as_text(stranger: Browser, alias: str) -> None:
    answer = await stranger.form("/auth/enter", alias=alias * 9, gender="male", next=alias)

    assert answer.status_code == 422
    assert (
        alias.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace('"', "&quot;")
        .replace("'", "&#x27;")
        in answer.text
    )
    assert "<script" not in answer.text
    assert "<img" not in answer.text


@pytest.mark.parametrize("slug", ["nowhere", "tr\x00eno", "\ud83c", "../x", "è" * 99])
async def test_a_place_that_is_none_of_ours_says_so_kindly(stranger: Browser, slug: str) -> None:
    sent = slug.encode("utf-8", "replace").decode()

    page = await stranger.form("/auth/enter", place=sent, alias="Ada", gender="female")
    told = await stranger.script("/auth/enter", place=sent, alias="Ada", gender="female")

    assert (page.status_code, told.status_code) == (404, 404)
    assert "We can’t tell where you are" in page.text
    assert told.json()["code"] == "place_not_found"


async def test_s15_the_sixth_try_of_a_browser_in_a_minute_waits(
    stranger: Browser, open_browser: OpenBrowser
) -> None:
    for _ in range(5):
        assert (await stranger.script("/auth/enter", alias="A", gender="male")).status_code == 422

    told = await stranger.script("/auth/enter", alias="Ada", gender="male")
    page = await stranger.form("/auth/enter", alias="Ada", gender="male")
    bruno = open_browser()
    bruno.client.cookies.set("__Host-treno_visitor", "another browser", domain="treno.example")
    other = await bruno.script("/auth/enter", alias="Bruno", gender="male")

    assert (told.status_code, page.status_code, other.status_code) == (429, 429, 200)
    assert told.json()["code"] == "too_fast"
    assert 0 < told.json()["retry_after"] <= 60
    assert told.headers["retry-after"] == str(told.json()["retry_after"])
    assert "retry-after" in page.headers
    assert 'name="alias" value="Ada"' in page.text
    assert "A little slower" in _error(page.text, "form")


async def test_coming_in_anew_ends_who_this_browser_was(ada: Browser) -> None:
    before = ada.session

    answer = await ada.script("/auth/enter", alias="Chiara", gender="female")

    assert answer.status_code == 200
    assert ada.session != before
    assert (await ada.ask("/auth/me")).json()["alias"] == "Chiara"
    replayed = {"Cookie": f"__Host-treno_session={before}"}
    assert (await ada.ask("/auth/me", **replayed)).status_code == 401


async def test_a_refused_entry_leaves_the_session_as_it_was(ada: Browser) -> None:
    before = ada.session

    answer = await ada.script("/auth/enter", alias="x", gender="female")

    assert answer.status_code == 422
    assert ada.session == before
    assert (await ada.ask("/auth/me")).json()["alias"] == "Ada"


async def test_s27_going_on_gives_a_new_token_and_the_old_one_dies(
    ada: Browser, open_browser: OpenBrowser
) -> None:
    thief = open_browser()
    thief.client.cookies.update(ada.client.cookies)

    answer = await ada.script("/auth/continue", place=PLACE)

    assert answer.json() == {"next": ROOM}
    assert (await ada.ask("/auth/me")).json()["alias"] == "Ada"
    assert thief.session not in (None, ada.session)
    assert (await thief.ask("/auth/me")).status_code == 401


async def test_s28_an_ended_session_cannot_go_on(ada: Browser, clock: StoppedClock) -> None:
    clock.pass_(timedelta(hours=13))

    told = await ada.script("/auth/continue", place=PLACE)
    page = await ada.form("/auth/continue", place=PLACE)

    assert (told.status_code, told.json()["code"]) == (401, "not_signed_in")
    assert page.status_code == 401
    assert "Your visit has ended" in page.text


async def test_the_door_of_any_place_is_there_without_a_script(
    ada: Browser, stranger: Browser
) -> None:
    page = await stranger.get(f"/door?place={PLACE}&next={ROOM}")
    known = await ada.get("/door")
    none = await stranger.get("/door?place=nowhere")

    assert page.status_code == 200
    assert 'action="/auth/enter"' in page.text
    assert f'name="next" value="{ROOM}"' in page.text
    assert "3 people here now" in page.text
    assert "Continue as Ada" in known.text
    assert "Continue as" not in page.text
    assert none.status_code == 404


async def test_the_door_says_that_a_visit_has_ended_and_nothing_of_the_address_own(
    ada: Browser, stranger: Browser
) -> None:
    told = await stranger.get("/door?ended=call+899")
    known = await ada.get("/door?ended=1")

    assert "Your visit has ended. To talk again, come in again." in told.text
    assert "899" not in told.text
    assert "Your visit has ended" not in known.text


def _error(page: str, field: str) -> str:
    """Return what stands beside a field."""
    _, _, after = page.partition(f'id="{field}-error"')
    return after.partition("</p>")[0]
