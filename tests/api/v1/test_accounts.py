"""Accounts with a password over the API: the same doors, with who one is in the answer."""

import pytest

from tests.api.v1.conftest import OpenProgram
from tests.support.post import Post

EMAIL = "elsa@example.org"
WORDS = "giraffa lampone tavolo"
OTHER = "sette barche in mezzo al prato"
FORM = {"email": EMAIL, "password": WORDS, "alias": "Elsa", "gender": "female"}


async def test_a_program_registers_forgets_and_logs_in(
    open_program: OpenProgram, post: Post
) -> None:
    program = open_program(None)
    made = await program("POST", "/auth/register", FORM)
    assert made.status_code == 201
    assert made.json()["user"]["alias"] == "Elsa"
    assert "__Host-treno_session" in made.headers["set-cookie"]

    program.client.cookies.clear()
    asked = await program("POST", "/auth/forgot-password", {"email": EMAIL})
    body = {"token": post.newest_token(), "password": OTHER}
    reset = await program("POST", "/auth/reset-password", body)
    spent = await program("POST", "/auth/reset-password", body)
    came = await program("POST", "/auth/login", {"email": EMAIL, "password": OTHER})

    assert asked.json() == reset.json() == {"done": True}
    assert (spent.status_code, spent.json()["code"]) == (400, "LINK_DEAD")
    assert came.status_code == 200
    assert came.json()["user"] == made.json()["user"]


@pytest.mark.parametrize("token", [None, "x"])
async def test_bad_credentials_are_401_with_a_challenge_that_blames_no_token(
    open_program: OpenProgram, token: str | None
) -> None:
    answer = await open_program(token)("POST", "/auth/login", {"email": EMAIL, "password": WORDS})

    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == "Bearer"
    assert answer.json()["code"] == "LOGIN_REFUSED"
