"""What all of the API shares: one error body, what is not there, and what is asked wrongly."""

import pytest
from pydantic import TypeAdapter

from tests.api.v1.conftest import Program
from tests.support.browser import Browser
from treno_chat.api.v1.shapes import MAX_ID, Limit, PathId
from treno_chat.domain.refusals import NotFound

PROBES = "/api/v1/nothing"


@pytest.mark.parametrize(
    "path", [PROBES, "/api/v1/", "/api/v1/auth/me/", "/api/v2/auth/me", "/api/x"]
)
@pytest.mark.parametrize("accept", ["text/html", "application/json", "*/*"])
async def test_what_is_not_there_is_said_in_json(ada: Browser, path: str, accept: str) -> None:
    answer = await ada.ask(path, Accept=accept)

    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/json; charset=utf-8"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.json() == {"detail": "It isn’t here, or not any more.", "code": "NOT_FOUND"}


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("GET", "/auth/token", "POST"),
        ("GET", "/auth/logout", "POST"),
        ("DELETE", "/users/me", "GET, PUT"),
        ("GET", "/auth/sessions/x", "DELETE"),
        ("OPTIONS", "/auth/me", "GET"),
        ("TRACE", "/auth/me", "GET"),
    ],
)
async def test_s7_what_is_asked_in_the_wrong_way_hears_the_right_one(
    doras_program: Program, method: str, path: str, allowed: str
) -> None:
    answer = await doras_program(method, path)

    assert (answer.status_code, answer.headers["allow"]) == (405, allowed)
    assert answer.json()["code"] == "METHOD_NOT_ALLOWED"


async def test_a_refusal_is_said_in_the_language_that_was_asked_for(
    nobodys_program: Program,
) -> None:
    italian = await nobodys_program("GET", "/users/me", **{"Accept-Language": "it"})
    english = await nobodys_program("GET", "/users/me", **{"Accept-Language": "en"})

    assert italian.json()["code"] == english.json()["code"] == "NOT_SIGNED_IN"
    assert italian.json()["detail"] != english.json()["detail"]


async def test_s6_a_foreign_page_is_told_no_in_json(dora: Browser) -> None:
    answer = await dora.send_raw("/api/v1/auth/logout", b"", Origin="null")

    assert (answer.status_code, answer.json()["code"]) == (403, "FORBIDDEN")


@pytest.mark.parametrize(
    ("asked", "given"), [(-5, 1), (0, 1), (1, 1), (50, 50), (100, 100), (101, 100), (10**30, 100)]
)
def test_a_limit_is_moved_to_where_it_may_be(asked: int, given: int) -> None:
    assert TypeAdapter(Limit).validate_python(asked) == given


@pytest.mark.parametrize("text", ["", "a\0b", "a\nb", "é", "x" * (MAX_ID + 1), "\ud800"])
def test_what_no_id_looks_like_is_not_there(text: str) -> None:
    assert TypeAdapter(PathId).validate_python("x" * MAX_ID) == "x" * MAX_ID
    with pytest.raises(NotFound):
        TypeAdapter(PathId).validate_python(text)
