"""Conversations over the API: kept first, answered by nobody yet, and nobody else's."""

from typing import Any
from uuid import uuid4

import pytest

from tests.api.conftest import OpenBrowser
from tests.api.v1.conftest import OpenProgram, Program
from tests.api.v1.signing_up import registered, speaking_for
from tests.support.browser import Browser

BASE = "/conversations"


@pytest.fixture
async def program(dora: Browser, open_program: OpenProgram) -> Program:
    """A program that speaks for dora."""
    return await speaking_for(dora, open_program)


@pytest.fixture
async def one(program: Program) -> str:
    """A conversation of dora's."""
    return f"{BASE}/{(await program('POST', BASE, {})).json()['id']}"


async def test_a_conversation_from_its_beginning_to_its_end(program: Program) -> None:
    begun = await program("POST", BASE, {"title": "Orari"})
    conversation: dict[str, Any] = begun.json()
    path = f"{BASE}/{conversation['id']}"

    assert (begun.status_code, begun.headers["location"]) == (201, f"/api/v1{path}")
    assert (await program("GET", path)).json() == conversation
    renamed = await program("PUT", path, {"title": "Coincidenze"})
    assert renamed.json()["title"] == "Coincidenze"
    assert [each["title"] for each in (await program("GET", BASE)).json()["items"]] == [
        "Coincidenze"
    ]
    assert (await program("DELETE", path)).status_code == 204
    gone = await program("GET", path)
    assert (gone.status_code, gone.json()["code"]) == (404, "CONVERSATION_NOT_FOUND")


async def test_the_list_goes_on_by_cursor(program: Program) -> None:
    ids = {(await program("POST", BASE, {"title": f"n. {n}"})).json()["id"] for n in range(5)}
    seen: list[str] = []
    path = f"{BASE}?limit=2"
    while True:
        page = (await program("GET", path)).json()
        seen += [each["id"] for each in page["items"]]
        if page["next"] is None:
            break
        path = f"{BASE}?limit=2&cursor={page['next']}"

    assert (set(seen), len(seen)) == (ids, 5)


async def test_what_is_said_is_kept_although_nobody_answers(program: Program, one: str) -> None:
    body = {"content": "Quando arriviamo a Aulla?", "client_id": str(uuid4())}
    said = await program("POST", f"{one}/messages", body)
    again = await program("POST", f"{one}/messages", body)

    assert (said.status_code, said.json()["role"]) == (201, "user")
    assert again.json() == said.json()
    assert (await program("GET", f"{one}/messages")).json() == {
        "items": [said.json()],
        "next": None,
    }
    assert (await program("GET", one)).json()["title"] == "Quando arriviamo a Aulla?"


async def test_the_newest_are_read_first(program: Program, one: str) -> None:
    for number in range(1, 6):
        await program("POST", f"{one}/messages", {"content": f"n. {number}", "role": "user"})

    first = (await program("GET", f"{one}/messages?limit=3")).json()
    rest = (await program("GET", f"{one}/messages?limit=3&cursor={first['next']}")).json()

    assert [said["content"] for said in first["items"]] == ["n. 5", "n. 4", "n. 3"]
    assert [said["content"] for said in rest["items"]] == ["n. 2", "n. 1"]
    assert rest["next"] is None


@pytest.mark.parametrize(
    ("body", "code", "field"),
    [
        ({"content": "  "}, "MESSAGE_EMPTY", "content"),
        ({"content": "x" * 1001}, "MESSAGE_TOO_LONG", "content"),
        ({"content": "x", "client_id": "mine"}, "BAD_INPUT", "client_id"),
        ({"content": "x", "role": "assistant"}, "BAD_INPUT", "role"),
        ({"content": "x", "sources": []}, "BAD_INPUT", "sources"),
    ],
)
async def test_what_cannot_be_said(
    program: Program, one: str, body: dict[str, Any], code: str, field: str
) -> None:
    answer = await program("POST", f"{one}/messages", body)

    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert answer.json()["field"] == field


async def test_nobody_else_finds_it(
    program: Program,
    one: str,
    ada: Browser,
    open_program: OpenProgram,
    open_browser: OpenBrowser,
) -> None:
    said = await program("POST", f"{one}/messages", {"content": "Segreto di Dora"})
    elio = await registered(open_browser, alias="Elio", phone="347 999 8877")
    stranger = await speaking_for(elio, open_program)
    guest = await speaking_for(ada, open_program)

    for method, path, body in (
        ("GET", one, None),
        ("PUT", one, {"title": "x"}),
        ("DELETE", one, None),
        ("GET", f"{one}/messages", None),
        ("POST", f"{one}/messages", {"content": "x"}),
        ("POST", f"{one}/messages/{said.json()['id']}/reply", {}),
    ):
        answer = await stranger(method, path, body)
        assert (answer.status_code, answer.json()["code"]) == (404, "CONVERSATION_NOT_FOUND")
        answer = await guest(method, path, body)
        assert (answer.status_code, answer.json()["code"]) == (403, "REGISTERED_ONLY")
    assert (await stranger("GET", BASE)).json()["items"] == []
    assert (await program("GET", f"{one}/messages")).json()["items"] == [said.json()]


@pytest.mark.parametrize(
    "cursor",
    ["x", "WyJ0YXNrcyIsIjEiXQ", "WyJjb252ZXJzYXRpb25zIiwiOTk5OTk5OTk5OTk5OTk5IiwiMCIsIngiXQ"],
)
async def test_a_cursor_is_one_that_was_given(program: Program, cursor: str) -> None:
    answer = await program("GET", f"{BASE}?cursor={cursor}")

    assert (answer.status_code, answer.json()["code"]) == (422, "BAD_CURSOR")
