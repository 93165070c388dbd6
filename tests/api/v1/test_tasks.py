"""Tasks over the API: one's own, under one's own name."""

from typing import Any

import pytest

from tests.api.conftest import OpenBrowser
from tests.api.v1.conftest import OpenProgram, Program
from tests.api.v1.signing_up import id_of, registered, speaking_for
from tests.support.browser import Browser

NOBODYS = "01941f29-7c00-7000-8000-0242ac120005"
ROUTES = (
    ("GET", "", None),
    ("POST", "", {"title": "x"}),
    ("GET", f"/{NOBODYS}", None),
    ("PUT", f"/{NOBODYS}", {"title": "x"}),
    ("PATCH", f"/{NOBODYS}", {"title": "x"}),
    ("DELETE", f"/{NOBODYS}", None),
    ("POST", f"/{NOBODYS}/complete", None),
    ("PATCH", f"/{NOBODYS}/complete", None),
)


@pytest.fixture
async def program(dora: Browser, open_program: OpenProgram) -> Program:
    """A program that speaks for dora."""
    return await speaking_for(dora, open_program)


@pytest.fixture
async def own(program: Program) -> str:
    """Where dora's tasks are."""
    return f"/users/{await id_of(program)}/tasks"


async def test_a_task_from_its_making_to_its_end(program: Program, own: str) -> None:
    made = await program("POST", own, {"title": " Latte 🥛 ", "description": "intero"})
    task: dict[str, Any] = made.json()

    assert (made.status_code, task["title"], task["completed"]) == (201, "Latte 🥛", False)
    assert made.headers["location"] == f"/api/v1{own}/{task['id']}"
    assert (await program("GET", f"{own}/{task['id']}")).json() == task

    changed = await program("PATCH", f"{own}/{task['id']}", {"title": "Pane"})
    assert (changed.json()["title"], changed.json()["description"]) == ("Pane", "intero")
    done = await program("POST", f"{own}/{task['id']}/complete")
    assert (done.status_code, done.json()["completed"]) == (200, True)
    assert (await program("PATCH", f"{own}/{task['id']}/complete")).json() == done.json()
    anew = await program("PUT", f"{own}/{task['id']}", {"title": "Vino"})
    assert (anew.json()["description"], anew.json()["completed"]) == ("", True)
    reopened = await program("PATCH", f"{own}/{task['id']}", {"completed": False})
    assert (reopened.json()["completed"], reopened.json()["completed_at"]) == (False, None)

    gone = await program("DELETE", f"{own}/{task['id']}")
    assert (gone.status_code, gone.content) == (204, b"")
    assert (await program("DELETE", f"{own}/{task['id']}")).json()["code"] == "TASK_NOT_FOUND"


async def test_the_list_goes_on_by_cursor(program: Program, own: str) -> None:
    ids = [(await program("POST", own, {"title": f"n. {n}"})).json()["id"] for n in range(5)]
    await program("POST", f"{own}/{ids[0]}/complete")

    seen: list[str] = []
    path = f"{own}?limit=2"
    while True:
        page = (await program("GET", path)).json()
        seen += [task["id"] for task in page["items"]]
        if page["next"] is None:
            break
        path = f"{own}?limit=2&cursor={page['next']}"

    assert seen == sorted(ids, reverse=True)
    assert len((await program("GET", f"{own}?status=open")).json()["items"]) == 4
    assert [t["id"] for t in (await program("GET", f"{own}?status=done")).json()["items"]] == [
        ids[0]
    ]
    assert len((await program("GET", f"{own}?limit=-7")).json()["items"]) == 1


@pytest.mark.parametrize(
    ("body", "code", "field"),
    [
        ({"title": ""}, "INVALID_TITLE", "title"),
        ({"title": "x" * 201}, "INVALID_TITLE", "title"),
        ({"title": "a\u0000b"}, "INVALID_TITLE", "title"),
        ({"title": "x", "description": "y" * 1001}, "DESCRIPTION_TOO_LONG", "description"),
        ({"title": "x", "description": "\u0007"}, "INVALID_DESCRIPTION", "description"),
        ({"title": 7}, "BAD_INPUT", "title"),
        ({"description": "x"}, "BAD_INPUT", "title"),
        ({"title": "x", "user_id": NOBODYS}, "BAD_INPUT", "user_id"),
    ],
)
async def test_what_is_wrong_is_said_at_its_field(
    program: Program, own: str, body: dict[str, Any], code: str, field: str
) -> None:
    answer = await program("POST", own, body)

    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert answer.json()["field"] == field
    assert (await program("GET", own)).json()["items"] == []


async def test_at_least_one_thing_is_to_be_changed(program: Program, own: str) -> None:
    task_id = (await program("POST", own, {"title": "Latte"})).json()["id"]

    answer = await program("PATCH", f"{own}/{task_id}", {})

    assert (answer.status_code, answer.json()["code"]) == (422, "NOTHING_TO_CHANGE")


@pytest.mark.parametrize("query", ["status=some", "cursor=xyz", "limit=many", "cursor="])
async def test_a_list_is_asked_for_in_its_own_words(program: Program, own: str, query: str) -> None:
    answer = await program("GET", f"{own}?{query}")

    assert answer.status_code == 422
    assert answer.json()["field"] == query.partition("=")[0]


@pytest.mark.parametrize(("method", "rest", "body"), ROUTES)
async def test_a_path_that_names_somebody_else_is_refused(
    program: Program,
    open_program: OpenProgram,
    open_browser: OpenBrowser,
    ada: Browser,
    *,
    method: str,
    rest: str,
    body: dict[str, str] | None,
) -> None:
    elio = await registered(open_browser, alias="Elio", phone="347 999 8877")
    stranger = await speaking_for(elio, open_program)
    guest = await speaking_for(ada, open_program)
    owner = await id_of(program)

    refused = await stranger(method, f"/users/{owner}/tasks{rest}", body)
    assert (refused.status_code, refused.json()["code"]) == (403, "USER_ID_MISMATCH")
    for nobody in (NOBODYS, "x", "%00"):
        answer = await stranger(method, f"/users/{nobody}/tasks{rest}", body)
        assert (answer.status_code, answer.json()["code"]) == (403, "USER_ID_MISMATCH")
    refused = await guest(method, f"/users/{await id_of(guest)}/tasks{rest}", body)
    assert (refused.status_code, refused.json()["code"]) == (403, "REGISTERED_ONLY")
    refused = await open_program(None)(method, f"/users/{owner}/tasks{rest}", body)
    assert (refused.status_code, refused.headers["www-authenticate"]) == (401, "Bearer")


async def test_somebody_elses_task_is_not_there(
    program: Program, own: str, open_program: OpenProgram, open_browser: OpenBrowser
) -> None:
    task_id = (await program("POST", own, {"title": "Segreto di Dora"})).json()["id"]
    elio = await registered(open_browser, alias="Elio", phone="347 999 8877")
    stranger = await speaking_for(elio, open_program)
    theirs = f"/users/{await id_of(stranger)}/tasks"

    for method, rest, body in ROUTES[2:]:
        answer = await stranger(method, f"{theirs}{rest.replace(NOBODYS, task_id)}", body)
        assert (answer.status_code, answer.json()["code"]) == (404, "TASK_NOT_FOUND")
        assert "Segreto" not in answer.text
    assert (await program("GET", f"{own}/{task_id}")).json()["title"] == "Segreto di Dora"
