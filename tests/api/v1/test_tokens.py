"""A token is given to a live session alone, and is good only as long as that lives."""

from datetime import timedelta

import jwt
import pytest

from tests.api.v1.conftest import Program
from tests.conftest import StoppedClock
from tests.support.browser import Browser
from treno_chat.actions.operations.disabling import disable_person
from treno_chat.actions.tokens.signing_keys import retire, rotate
from treno_chat.actions.transaction import Transactions

TOKEN = "/api/v1/auth/token"  # noqa: S105 -- an address
OVER = 'Bearer error="invalid_token"'


async def test_a_token_says_whose_it_is_for_whom_and_how_long(dora: Browser) -> None:
    answer = await dora.json(TOKEN, {})
    told = answer.json()
    header = jwt.get_unverified_header(told["access_token"])
    claims = jwt.decode(told["access_token"], options={"verify_signature": False})
    me = (await dora.ask("/api/v1/auth/session")).json()

    assert answer.headers["cache-control"] == "no-store"
    assert (told["token_type"], told["expires_in"]) == ("Bearer", 600)
    assert told["expires_at"] == "2026-11-21T08:40:00Z"
    assert set(header) == {"alg", "kid", "typ"}
    assert (header["alg"], header["typ"]) == ("ES256", "at+jwt")
    assert set(claims) == {"iss", "aud", "sub", "sid", "jti", "iat", "exp"}
    assert (claims["sub"], claims["sid"]) == (me["user_id"], me["id"])
    assert claims["exp"] - claims["iat"] == 600


async def test_it_lasts_as_long_as_it_says_at_any_part_of_a_second(
    dora: Browser, clock: StoppedClock
) -> None:
    clock.pass_(timedelta(milliseconds=123))
    told = (await dora.json(TOKEN, {})).json()

    assert told["expires_in"] == 600


async def test_guests_get_tokens_as_well(adas_program: Program) -> None:
    me = await adas_program("GET", "/users/me")

    assert (me.json()["alias"], me.json()["is_anonymous"]) == ("Ada", True)


async def test_a_token_does_not_give_tokens(
    doras_program: Program, dora: Browser, nobodys_program: Program
) -> None:
    by_token = await doras_program("POST", "/auth/token")
    by_both = await dora.send_raw(TOKEN, b"", Authorization=f"Bearer {doras_program.token}")
    by_nobody = await nobodys_program("POST", "/auth/token")

    assert (by_token.status_code, by_token.json()["code"]) == (403, "SESSION_NEEDED")
    assert (by_both.status_code, by_both.json()["code"]) == (403, "SESSION_NEEDED")
    assert (by_nobody.status_code, by_nobody.json()["code"]) == (401, "NOT_SIGNED_IN")
    assert by_nobody.headers["www-authenticate"] == "Bearer"


async def test_s6_a_foreign_page_gets_no_token(dora: Browser) -> None:
    foreign = await dora.send_raw(TOKEN, b"", Origin="https://evil.example")
    without = await dora.client.post(TOKEN)
    own = await dora.send_raw(TOKEN, b"")

    assert [each.status_code for each in (foreign, without, own)] == [403, 403, 200]
    assert foreign.json()["code"] == "FORBIDDEN"


async def test_a_program_needs_no_origin_and_its_cookies_do_not_count(
    doras_program: Program, ada: Browser
) -> None:
    cookie = f"__Host-treno_session={ada.session}"
    both = await doras_program("GET", "/users/me", Cookie=cookie)
    bad = await doras_program("GET", "/users/me", Cookie=cookie, Authorization="Bearer x")
    change = await doras_program(
        "PUT", "/users/me", {"alias": "Dorina", "gender": "female"}, Cookie=cookie
    )

    assert both.json()["alias"] == "Dora"
    assert bad.status_code == 401
    assert change.json()["alias"] == "Dorina"


async def test_s29_log_out_ends_every_token_of_the_session(
    dora: Browser, doras_program: Program
) -> None:
    before = await doras_program("GET", "/users/me")
    out = await dora.json("/api/v1/auth/logout", {})
    after = await doras_program("GET", "/users/me")

    assert (before.status_code, out.status_code, after.status_code) == (200, 204, 401)
    assert after.headers["www-authenticate"] == OVER
    assert after.json()["code"] == "INVALID_TOKEN"
    assert dora.session is None


async def test_s29_a_token_logs_its_session_out(dora: Browser, doras_program: Program) -> None:
    out = await doras_program("POST", "/auth/logout")

    assert out.status_code == 204
    assert (await doras_program("POST", "/auth/logout")).status_code == 401
    assert (await dora.ask("/auth/me")).status_code == 401


async def test_s30_whoever_is_disabled_has_no_token(
    doras_program: Program, transactions: Transactions
) -> None:
    me = (await doras_program("GET", "/users/me")).json()
    with transactions.writing() as tx:
        disable_person(tx, me["id"])

    assert (await doras_program("GET", "/users/me")).status_code == 401


async def test_s41_a_token_is_over_after_ten_minutes_and_a_minute_of_grace(
    doras_program: Program, clock: StoppedClock
) -> None:
    clock.pass_(timedelta(seconds=660))
    late = await doras_program("GET", "/users/me")
    clock.pass_(timedelta(seconds=1))
    too_late = await doras_program("GET", "/users/me")

    assert (late.status_code, too_late.status_code) == (200, 401)


async def test_a_token_survives_the_change_of_keys_and_not_the_loss_of_its_own(
    doras_program: Program, transactions: Transactions
) -> None:
    kid = jwt.get_unverified_header(doras_program.token or "")["kid"]
    with transactions.writing() as tx:
        assert rotate(tx).kid != kid
    rotated = await doras_program("GET", "/users/me")
    with transactions.writing() as tx:
        retire(tx, kid)
    lost = await doras_program("GET", "/users/me")

    assert (rotated.status_code, lost.status_code) == (200, 401)


@pytest.mark.parametrize(
    "sent",
    [
        "",
        "Bearer",
        "Bearer ",
        "bearer x",
        "Basic ZG9yYTp4",
        "Bearer a b",
        "Bearer a,b",
        "Bearer %C3%A9",
        "Token x",
        f"Bearer {'a' * 5000}",
    ],
)
async def test_s39_whatever_else_is_sent_is_refused_as_a_token(
    nobodys_program: Program, sent: str
) -> None:
    headers = {"Authorization": sent}
    answer = await nobodys_program("GET", "/users/me", **headers)

    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == OVER


async def test_s39_two_tokens_are_none(doras_program: Program) -> None:
    sent = ("Authorization", f"Bearer {doras_program.token}")
    answer = await doras_program.client.get("/api/v1/users/me", headers=[sent, sent])

    assert answer.status_code == 401


async def test_s39_a_token_in_the_address_is_not_seen(
    nobodys_program: Program, doras_token: str
) -> None:
    answer = await nobodys_program("GET", f"/users/me?access_token={doras_token}")

    assert (answer.status_code, answer.json()["code"]) == (401, "NOT_SIGNED_IN")


async def test_tokens_are_given_twenty_times_a_minute_at_most(dora: Browser) -> None:
    answers = [await dora.json(TOKEN, {}) for _ in range(21)]

    assert [each.status_code for each in answers] == [200] * 20 + [429]
    assert answers[-1].json()["code"] == "TOO_FAST"
    assert int(answers[-1].headers["retry-after"]) == answers[-1].json()["retry_after"]


@pytest.mark.parametrize("path", ["/auth/logout", "/api/../auth/logout", "//api/../auth/logout"])
async def test_s6_a_token_opens_nothing_of_the_pages(dora: Browser, path: str) -> None:
    url = f"{dora.origin}{path}"
    answer = await dora.client.post(url, headers={"Authorization": "Bearer x"})

    assert answer.status_code in (403, 404)
    assert (await dora.ask("/auth/me")).status_code == 200


async def test_s6_a_token_does_not_lend_its_leave_to_the_cookie(dora: Browser) -> None:
    headers = {"Authorization": "Bearer x", "Origin": "https://evil.example"}
    for path in ("/api/v1/auth/logout", "/api/v1/auth/token"):
        assert (await dora.client.post(path, headers=headers)).status_code in (401, 403)

    assert (await dora.ask("/auth/me")).status_code == 200
