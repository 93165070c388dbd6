"""Two people in different places: neither finds a trace of the other anywhere."""

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass

import pytest
from fastapi.routing import APIRoute
from starlette.routing import BaseRoute

from tests.api.conftest import OpenBrowser
from tests.api.v1.beach import BEACH, make_beach
from tests.api.v1.conftest import OpenProgram, Program
from tests.api.v1.everybody import TRAIN, WORDS, fill
from tests.api.v1.signing_up import registered, speaking_for
from tests.support.browser import Browser
from treno_chat.actions.transaction import Transactions
from treno_chat.api.app import ROUTERS
from treno_chat.api.v1.app import PREFIX
from treno_chat.api.v1.app import ROUTERS as API_ROUTERS
from treno_chat.domain.places import Place

LISTS = ("/users/{user_id}/tasks", "/conversations", "/rooms/{room_id}/messages")
# Who is where is not public; that there are places is.
PUBLIC = ("place_slug", "seq", "language", "slug")
Ask = Callable[["Resident", str], Awaitable[str]]


def reads(routes: list[BaseRoute]) -> Iterator[str]:
    """Yield the paths of everything that can be read."""
    for route in routes:
        if isinstance(route, APIRoute) and "GET" in (route.methods or ()):
            yield route.path


PATHS = [f"{PREFIX}{path}" for router in API_ROUTERS for path in reads(router.routes)]
PAGES = [path for router in ROUTERS for path in reads(router.routes)]


@dataclass(frozen=True, kw_only=True, slots=True)
class Resident:
    """Somebody with an account, what stands in their paths, and what betrays them."""

    browser: Browser
    program: Program
    word: str
    ids: dict[str, str]
    marks: tuple[str, ...]

    def betrayed_in(self, text: str) -> list[str]:
        """Return what of them stands in a text."""
        ids = {one for name, one in self.ids.items() if name not in PUBLIC}
        hidden = {*self.marks, *ids}
        return sorted(mark for mark in hidden if mark.lower() in text.lower())


@pytest.fixture
async def ada(open_browser: OpenBrowser, open_program: OpenProgram, place: Place) -> Resident:
    """Ada, on the train."""
    browser = await registered(open_browser, alias="Adalgisa", phone="347 111 2233")
    return await settled(browser, open_program, place=TRAIN, word="Ametista")


@pytest.fixture
async def bruno(
    open_browser: OpenBrowser, open_program: OpenProgram, place: Place, transactions: Transactions
) -> Resident:
    """Bruno, at the beach."""
    make_beach(transactions)
    browser = await registered(open_browser, alias="Brunello", phone="347 222 3344", place=BEACH)
    return await settled(browser, open_program, place=BEACH, word="Basilico")


async def settled(
    browser: Browser, open_program: OpenProgram, *, place: str, word: str
) -> Resident:
    """Leave one's word wherever a word can be left."""
    program, email = await speaking_for(browser, open_program), f"{word}@example.org"
    me = (await program("GET", "/users/me")).json()
    profile = {"alias": me["alias"], "gender": "other", "status_line": f"{word} status"}
    assert (await program("PUT", "/users/me", profile)).status_code == 200
    added = await browser.json("/auth/password", {"email": email, "password": WORDS})
    assert added.status_code == 200
    ids = await fill(program, place=place, word=word)
    phone = "347 111 2233" if place == TRAIN else "347 222 3344"
    return Resident(
        browser=browser,
        program=program,
        word=word,
        ids=ids,
        marks=(word, me["alias"], email, phone.replace(" ", "")),
    )


async def by_cookie(who: Resident, path: str) -> str:
    """Return all that a browser is told."""
    answer = await who.browser.ask(path)
    return f"{answer.headers} {answer.text}"


async def by_token(who: Resident, path: str) -> str:
    """Return all that a program is told."""
    answer = await who.program("GET", path.removeprefix(PREFIX))
    return f"{answer.headers} {answer.text}"


@pytest.mark.parametrize("ask", [by_cookie, by_token])
async def test_nobody_reads_a_trace_of_somebody_elsewhere(
    ada: Resident, bruno: Resident, ask: Ask
) -> None:
    seen: set[str] = set()
    found: dict[str, list[str]] = {}
    for one, other in ((ada, bruno), (bruno, ada)):
        for template in PATHS:
            for path in {template.format_map(one.ids), template.format_map(other.ids)}:
                told = await ask(one, path)
                found[f"{one.word} {path}"] = other.betrayed_in(told)
                seen |= {*one.betrayed_in(told)}

    assert {path: marks for path, marks in found.items() if marks} == {}
    # What each has was told to them, so that the sweep did not look past it.
    assert {ada.word, bruno.word, ada.ids["task_id"], bruno.ids["message_id"]} <= seen


async def test_no_page_shows_a_trace_of_somebody_elsewhere(ada: Resident, bruno: Resident) -> None:
    seen: set[str] = set()
    for one, other in ((ada, bruno), (bruno, ada)):
        for template in PAGES:
            told = await by_cookie(one, template.format(provider="nobody"))
            assert other.betrayed_in(told) == [], template
            seen |= {*one.betrayed_in(told)}

    # The export has all of it.
    assert {*ada.marks, *bruno.marks} <= seen


async def test_a_cursor_of_somebody_else_leads_to_nothing_of_theirs(
    ada: Resident, bruno: Resident
) -> None:
    await fill(ada.program, place=TRAIN, word=ada.word)
    for template in LISTS:
        path = f"{template.format_map(ada.ids)}?limit=1"
        cursor = (await ada.program("GET", path)).json()["next"]
        assert cursor is not None
        for ids in (ada.ids, bruno.ids):
            told = await by_token(bruno, f"{template.format_map(ids)}?cursor={cursor}")
            assert ada.betrayed_in(told) == []
