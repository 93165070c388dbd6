"""Every route of the API, asked by everybody: a route that is new must be written down here."""

from collections.abc import Mapping
from itertools import chain
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute
from httpx import Response
from limits import RateLimitItemPerMinute

from tests.api.conftest import OpenBrowser
from tests.api.v1.beach import make_beach
from tests.api.v1.conftest import OpenProgram
from tests.api.v1.everybody import ELSA, WHO, WORDS, Everybody, elsa_has_a_password, gather
from tests.conftest import StoppedClock
from tests.support.browser import Browser
from tests.support.post import Post
from treno_chat.actions.limits import limits
from treno_chat.actions.transaction import Transactions
from treno_chat.api.v1.app import ROUTERS, create_v1
from treno_chat.domain.places import Place

Json = Mapping[str, Any]
Known = Mapping[str, set[int]]
Statuses = tuple[int, int, int, int, int, int]
# nobody, expired, revoked, guest, bruno, ada: bruno has an account and is at another place.
OF_ONES_OWN: Statuses = (401, 401, 401, 200, 200, 200)
OF_AN_ACCOUNT: Statuses = (401, 401, 401, 403, 200, 200)
OF_THE_TRAIN: Statuses = (401, 401, 401, 200, 404, 200)
TASKS: Statuses = (401, 401, 401, 403, 403, 200)
# Of all of them none is staff.
DESK: Statuses = (401, 401, 401, 403, 403, 403)
CONVERSATION: Statuses = (401, 401, 401, 403, 404, 200)


def ending(statuses: Statuses, status: int) -> Statuses:
    """Return the same with another status for ada."""
    return (*statuses[:5], status)


def for_all(status: int) -> Statuses:
    """Return one status for everybody."""
    return (status, status, status, status, status, status)


TASK, CONVERSATIONS = "/users/{user_id}/tasks/{task_id}", "/conversations/{conversation_id}"
# In this order, so that nothing is missed that an earlier route took away.
TABLE: dict[str, tuple[Statuses, Json | None]] = {
    # A token does not give tokens, whether it is good or not.
    "POST /auth/token": ((401, 401, 403, 403, 403, 403), {}),
    "POST /auth/register": (
        for_all(201),
        {"email": "{who}@example.org", "password": WORDS, "alias": "{who} II", "gender": "other"},
    ),
    "POST /auth/login": (for_all(200), {"email": ELSA, "password": WORDS}),
    "POST /auth/forgot-password": (for_all(200), {"email": "{who}@example.org"}),
    "POST /auth/reset-password": (for_all(400), {"token": "made up", "password": WORDS}),
    "GET /auth/session": (OF_ONES_OWN, None),
    "GET /auth/sessions": (OF_ONES_OWN, None),
    "GET /users/me": (OF_ONES_OWN, None),
    "GET /auth/me": (OF_ONES_OWN, None),
    "PUT /users/me": (OF_AN_ACCOUNT, {"alias": "{who}", "gender": "other"}),
    "GET /places": (OF_ONES_OWN, None),
    "GET /places/{place_slug}": (OF_THE_TRAIN, None),
    "GET /places/{place_slug}/rooms": (OF_THE_TRAIN, None),
    "GET /places/{place_slug}/people": (OF_THE_TRAIN, None),
    "GET /rooms/{room_id}": (OF_THE_TRAIN, None),
    "GET /rooms/{room_id}/messages": (OF_THE_TRAIN, None),
    "POST /rooms/{room_id}/messages": ((401, 401, 401, 201, 404, 201), {"content": "Ciao"}),
    # What ada said: another guest may read it, not take it back.
    "DELETE /rooms/{room_id}/messages/{seq}": ((401, 401, 401, 403, 404, 204), None),
    "GET /conversations": (OF_AN_ACCOUNT, None),
    "POST /conversations": ((401, 401, 401, 403, 201, 201), {"title": "Orari"}),
    f"GET {CONVERSATIONS}": (CONVERSATION, None),
    f"PUT {CONVERSATIONS}": (CONVERSATION, {"title": "Orari"}),
    f"GET {CONVERSATIONS}/messages": (CONVERSATION, None),
    f"POST {CONVERSATIONS}/messages": (ending(CONVERSATION, 201), {"content": "Quando?"}),
    f"POST {CONVERSATIONS}/messages/{{message_id}}/reply": (ending(CONVERSATION, 201), {}),
    f"POST {CONVERSATIONS}/messages/{{message_id}}/stop": (ending(CONVERSATION, 204), None),
    # It is a question, which nobody can rate.
    f"PUT {CONVERSATIONS}/messages/{{message_id}}/rating": (
        ending(CONVERSATION, 404),
        {"rating": 1},
    ),
    # Nobody is staff of the train who could see to it.
    f"POST {CONVERSATIONS}/messages/{{message_id}}/hand-over": (ending(CONVERSATION, 409), None),
    "POST /agents/run": ((401, 401, 401, 403, 201, 201), {"message": "Posso portare la bici?"}),
    "GET /guide/{slug}": (OF_AN_ACCOUNT, None),
    f"DELETE {CONVERSATIONS}": (ending(CONVERSATION, 204), None),
    "GET /users/{user_id}/tasks": (TASKS, None),
    "POST /users/{user_id}/tasks": (ending(TASKS, 201), {"title": "Latte"}),
    f"GET {TASK}": (TASKS, None),
    f"PUT {TASK}": (TASKS, {"title": "Pane"}),
    f"PATCH {TASK}": (TASKS, {"completed": True}),
    f"POST {TASK}/complete": (TASKS, None),
    f"PATCH {TASK}/complete": (TASKS, None),
    f"DELETE {TASK}": (ending(TASKS, 204), None),
    "GET /places/{place_slug}/pages": (DESK, None),
    "POST /places/{place_slug}/pages": (
        DESK,
        {"slug": "bar", "language": "it", "title": "Il bar", "body": "In coda."},
    ),
    "DELETE /places/{place_slug}/pages/{language}/{slug}": (DESK, None),
    "GET /places/{place_slug}/questions": (DESK, None),
    "POST /places/{place_slug}/questions/{question_id}/settle": (DESK, None),
}
# After these nobody is there any more to ask the next.
LAST: dict[str, tuple[Statuses, Json | None]] = {
    "DELETE /auth/sessions/{id}": ((401, 401, 401, 404, 404, 204), None),
    "POST /auth/logout": ((401, 401, 401, 204, 204, 204), None),
}


@pytest.fixture(autouse=True)
def many_sign_ins(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let all of them, who come from one address, prove who they are in the same minute."""
    monkeypatch.setattr(limits, "SIGN_INS", RateLimitItemPerMinute(100))


@pytest.fixture
async def everybody(
    open_browser: OpenBrowser,
    open_program: OpenProgram,
    clock: StoppedClock,
    place: Place,
    transactions: Transactions,
) -> Everybody:
    """Ada on the train, bruno at the beach, a guest, and three who are not (any more)."""
    make_beach(transactions)
    return await gather(open_browser, open_program, clock)


@pytest.fixture
def known(api: FastAPI) -> Known:
    """The statuses that each route is said to have."""
    paths: dict[str, dict[str, Any]] = create_v1(api.state.house).openapi()["paths"]
    return {
        f"{method.upper()} {path}": {int(status) for status in operation["responses"]}
        for path, item in paths.items()
        for method, operation in item.items()
    }


def test_every_route_is_in_the_table_and_nothing_else() -> None:
    routes = {
        f"{method} {route.path}"
        for router in ROUTERS
        for route in router.routes
        if isinstance(route, APIRoute)
        for method in route.methods or ()
    }

    assert routes == TABLE.keys() | LAST.keys()


async def test_everybody_hears_what_is_theirs_to_hear(
    everybody: Everybody, stranger: Browser, post: Post, known: Known
) -> None:
    await elsa_has_a_password(stranger, post)

    told = {route: await _ask(everybody, route, body) for route, (_, body) in TABLE.items()}

    _are_as_written(told, TABLE, known)


async def test_s6_beside_a_header_no_cookie_counts_and_no_foreign_page_gets_in(
    everybody: Everybody, stranger: Browser, open_program: OpenProgram
) -> None:
    await stranger.script("/auth/enter", alias="Livia", gender="female")
    before = (await stranger.ask("/auth/me")).json()
    nobody, cookie = open_program("x"), {"Cookie": f"__Host-treno_session={stranger.session}"}
    foreign = {**cookie, "Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}

    for route, (_, body) in (TABLE | LAST).items():
        method, template = route.split()
        path = template.format_map(everybody.adas)
        as_nobody = await nobody(method, path, _said_by("Eva", body))
        with_cookie = await nobody(method, path, _said_by("Furio", body), **cookie)
        from_elsewhere = await nobody(method, path, _said_by("Gino", body), **foreign)
        nobody.client.cookies.clear()

        assert (route, with_cookie.status_code) == (route, as_nobody.status_code)
        refused = as_nobody.status_code if method == "GET" else 403
        assert (route, from_elsewhere.status_code) == (route, refused)
    assert (await stranger.ask("/auth/me")).json() == before


@pytest.mark.parametrize("route", LAST)
async def test_whoever_ends_a_session_ends_their_own(
    everybody: Everybody, known: Known, route: str
) -> None:
    told = {route: await _ask(everybody, route, None)}

    _are_as_written(told, {route: LAST[route]}, known)


async def _ask(everybody: Everybody, route: str, body: Json | None) -> list[Response]:
    """Ask for something of ada's, as everybody; what is set as a cookie is not kept."""
    method, template = route.split()
    path = template.format_map(everybody.adas)
    answers: list[Response] = []
    for who in WHO:
        program = everybody.programs[who]
        answers.append(await program(method, path, _said_by(who, body)))
        program.client.cookies.clear()
    return answers


def _said_by(who: str, body: Json | None) -> Json | None:
    return body and {name: _filled(text, who) for name, text in body.items()}


def _filled(text: object, who: str) -> object:
    return text.format(who=who) if isinstance(text, str) else text


def _are_as_written(
    told: Mapping[str, list[Response]], table: Mapping[str, tuple[Statuses, Any]], known: Known
) -> None:
    found = {route: tuple(each.status_code for each in told[route]) for route in told}
    assert found == {route: statuses for route, (statuses, _) in table.items()}
    assert [(route, found[route]) for route in told if not {*found[route]} <= known[route]] == []
    for answer in chain.from_iterable(told.values()):
        _is_of_the_shape(answer)


def _is_of_the_shape(answer: Response) -> None:
    assert answer.headers["cache-control"] == "no-store"
    assert (answer.status_code == 401) == ("www-authenticate" in answer.headers)
    if answer.status_code == 204:
        assert answer.content == b""
        return
    assert answer.headers["content-type"] == "application/json; charset=utf-8"
    if answer.status_code >= 400:
        assert {"detail", "code"} <= answer.json().keys() <= {"detail", "code", "field"}
