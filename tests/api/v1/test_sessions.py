"""One's own sessions: which there are, and the end of any of them."""

from tests.api.v1.conftest import OpenProgram, Program, token_of
from tests.support.browser import Browser


async def test_the_session_behind_a_request_says_when_it_ends(
    dora: Browser, doras_program: Program
) -> None:
    by_cookie = await dora.ask("/api/v1/auth/session")
    by_token = await doras_program("GET", "/auth/session")

    assert by_cookie.json() == by_token.json()
    assert by_token.json()["ends_at"] == "2026-12-21T08:30:00Z"
    assert by_token.json()["idle_ends_at"] == "2026-11-28T08:30:00Z"


async def test_ones_own_sessions_are_listed_and_no_others(
    dora: Browser, doras_program: Program, adas_program: Program
) -> None:
    mine = (await doras_program("GET", "/auth/sessions")).json()["items"]
    hers = (await adas_program("GET", "/auth/sessions")).json()["items"]
    session = (await doras_program("GET", "/auth/session")).json()

    assert [(each["id"], each["is_this"]) for each in mine] == [(session["id"], True)]
    assert mine[0]["place"] == "Treno Lucca–Aulla"
    assert {each["id"] for each in mine}.isdisjoint(each["id"] for each in hers)
    assert "192.0.2" not in str(mine)


async def test_s35_somebody_elses_session_is_not_there(
    doras_program: Program, adas_program: Program
) -> None:
    hers = (await adas_program("GET", "/auth/session")).json()["id"]
    for name in (hers, "01941f29-7c00-7000-8000-0242ac120002", "x", "%00", "a%20b%C3%A9", "x" * 99):
        answer = await doras_program("DELETE", f"/auth/sessions/{name}")
        assert (answer.status_code, answer.json()["code"]) == (404, "NOT_FOUND")

    assert (await adas_program("GET", "/auth/session")).status_code == 200


async def test_a_session_that_is_ended_takes_its_token_along(
    dora: Browser, doras_program: Program
) -> None:
    session = (await doras_program("GET", "/auth/session")).json()["id"]

    answer = await doras_program("DELETE", f"/auth/sessions/{session}")

    assert (answer.status_code, answer.content) == (204, b"")
    assert "__Host-treno_session" in answer.headers["set-cookie"]
    assert (await doras_program("GET", "/auth/session")).status_code == 401
    assert (await dora.ask("/auth/me")).status_code == 401


async def test_log_out_takes_a_cookie_from_our_own_page_alone(
    dora: Browser, open_program: OpenProgram
) -> None:
    foreign = await dora.send_raw("/api/v1/auth/logout", b"", Origin="https://evil.example")
    without = await dora.client.post("/api/v1/auth/logout")
    still = await dora.ask("/api/v1/auth/session")
    own = await dora.send_raw("/api/v1/auth/logout", b"")

    assert [foreign.status_code, without.status_code, still.status_code] == [403, 403, 200]
    assert own.status_code == 204
    assert (await dora.ask("/api/v1/auth/session")).status_code == 401


async def test_nobody_has_no_session(nobodys_program: Program, ada: Browser) -> None:
    for method, path in (
        ("GET", "/auth/session"),
        ("GET", "/auth/me"),
        ("GET", "/users/me"),
        ("GET", "/auth/sessions"),
        ("DELETE", "/auth/sessions/x"),
        ("POST", "/auth/logout"),
    ):
        answer = await nobodys_program(method, path)
        assert (answer.status_code, answer.json()["code"]) == (401, "NOT_SIGNED_IN")
        assert answer.headers["www-authenticate"] == "Bearer"
    assert await token_of(ada)
