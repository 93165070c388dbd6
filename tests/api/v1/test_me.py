"""Who one is, and what one says of oneself."""

from typing import Any

import pytest

from tests.api.v1.conftest import OpenProgram, Program, token_of
from tests.conftest import Heard
from tests.support.browser import Browser
from treno_chat.domain.talk.events import PersonChanged

PROFILE = {"alias": "Dora", "gender": "female"}
MEMBERS = {
    "id",
    "alias",
    "gender",
    "is_anonymous",
    "status_line",
    "language",
    "theme",
    "seal",
    "created_at",
    "registered_at",
}


async def test_by_cookie_and_by_token_it_is_the_same_person(
    dora: Browser, doras_program: Program
) -> None:
    by_cookie = await dora.ask("/api/v1/users/me")
    by_token = await doras_program("GET", "/users/me")
    by_another_name = await doras_program("GET", "/auth/me")

    assert by_cookie.status_code == 200
    assert by_cookie.json() == by_token.json() == by_another_name.json()
    assert set(by_cookie.json()) == MEMBERS
    assert (by_cookie.json()["alias"], by_cookie.json()["language"]) == ("Dora", None)
    assert by_cookie.headers["content-type"] == "application/json; charset=utf-8"
    assert by_cookie.headers["cache-control"] == "no-store"


async def test_a_profile_is_changed_as_a_whole(doras_program: Program, heard: Heard) -> None:
    full = {**PROFILE, "status_line": "Carrozza 4", "language": "it", "theme": "dark"}
    changed = await doras_program("PUT", "/users/me", full)
    emptied = await doras_program("PUT", "/users/me", PROFILE | {"alias": "Dorina"})

    assert {name: changed.json()[name] for name in full} == full
    assert emptied.json()["alias"] == "Dorina"
    assert (emptied.json()["status_line"], emptied.json()["language"]) == ("", None)
    assert [event.alias for event in heard.events if isinstance(event, PersonChanged)] == [
        "Dora",
        "Dorina",
    ]


async def test_a_guest_has_no_profile_to_change(adas_program: Program, heard: Heard) -> None:
    answer = await adas_program("PUT", "/users/me", PROFILE)

    assert (answer.status_code, answer.json()["code"]) == (403, "REGISTERED_ONLY")
    assert [event for event in heard.events if isinstance(event, PersonChanged)] == []


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"gender": "female"}, "alias"),
        ({"alias": "Dora"}, "gender"),
        (PROFILE | {"gender": "robot"}, "gender"),
        (PROFILE | {"alias": ""}, "alias"),
        (PROFILE | {"alias": 7}, "alias"),
        (PROFILE | {"alias": None}, "alias"),
        (PROFILE | {"alias": ["Dora"]}, "alias"),
        (PROFILE | {"alias": "x" * 600}, "alias"),
        (PROFILE | {"alias": "a\ud800b"}, "alias"),
        (PROFILE | {"alias": "a\0b"}, "alias"),
        (PROFILE | {"status_line": "a\nb"}, "status_line"),
        (PROFILE | {"status_line": "x" * 51}, "status_line"),
        (PROFILE | {"language": "fr"}, "language"),
        (PROFILE | {"theme": "sepia"}, "theme"),
        (PROFILE | {"id": "of Ada"}, "id"),
        (PROFILE | {"is_anonymous": True}, "is_anonymous"),
        (PROFILE | {"role": "owner"}, "role"),
        (PROFILE | {"strange name": 1}, None),
        ([], None),
        ("Dora", None),
        (None, None),
    ],
)
async def test_s47_what_cannot_be_taken_is_refused_by_its_field(
    doras_program: Program,
    body: Any,  # noqa: ANN401 -- whatever JSON can be
    field: str | None,
) -> None:
    before = await doras_program("GET", "/users/me")
    answer = await doras_program("PUT", "/users/me", body, **{"Content-Type": "application/json"})
    after = await doras_program("GET", "/users/me")

    assert (answer.status_code, answer.json().get("field")) == (422, field)
    assert set(answer.json()) <= {"detail", "code", "field"}
    assert after.json() == before.json()


@pytest.mark.parametrize("written", [b"", b"{", b"\xff", b'{"alias": NaN', b"[" * 30_000])
async def test_what_is_no_json_is_refused(doras_program: Program, written: bytes) -> None:
    headers = {
        "Authorization": f"Bearer {doras_program.token}",
        "Content-Type": "application/json",
    }
    answer = await doras_program.client.put("/api/v1/users/me", content=written, headers=headers)

    assert (answer.status_code, answer.json()["code"]) == (422, "BAD_INPUT")


@pytest.mark.parametrize("media_type", ["text/plain", "application/x-www-form-urlencoded", ""])
async def test_s11_a_body_is_named_as_json(doras_program: Program, media_type: str) -> None:
    answer = await doras_program("PUT", "/users/me", PROFILE, **{"Content-Type": media_type})

    assert (answer.status_code, answer.json()["code"]) == (415, "UNSUPPORTED_MEDIA_TYPE")


async def test_s11_a_body_has_a_size(doras_program: Program) -> None:
    answer = await doras_program("PUT", "/users/me", PROFILE | {"status_line": "x" * 70_000})

    assert (answer.status_code, answer.json()["code"]) == (413, "TOO_LARGE")


async def test_an_alias_that_is_worn_here_is_taken(
    doras_program: Program, ada: Browser, open_program: OpenProgram
) -> None:
    answer = await doras_program("PUT", "/users/me", PROFILE | {"alias": "ADA"})
    unharmed = await open_program(await token_of(ada))("GET", "/users/me")

    assert (answer.status_code, answer.json()["field"]) == (409, "alias")
    assert answer.json()["code"] == "ALIAS_TAKEN"
    assert unharmed.json()["alias"] == "Ada"
