"""S58: a whole tour of the product, and then a search of all that was logged on the way."""

import json
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from fastapi import FastAPI

from tests.api.conftest import PLACE
from tests.conftest import StoppedClock
from tests.support.authenticator import Authenticator, Lie
from tests.support.browser import ORIGIN, Browser
from tests.support.log import lines_of, written_log
from tests.support.post import Post
from tests.support.texts import Texts
from tests.support.tour import EMAIL, HERS, NEW, OTHER, SAID, WORDS, Tour
from treno_chat.actions.door.sessions import authenticate
from treno_chat.actions.limits.limits import Limits
from treno_chat.actions.talk.sending import Draft, send_message
from treno_chat.actions.transaction import Transactions
from treno_chat.api.front.layers import in_front_of
from treno_chat.domain.door.sessions import hash_token
from treno_chat.domain.words import LANGUAGES
from treno_chat.locales import words_in
from treno_chat.stores.talk import places, rooms

TRUTH = Lie(origin=ORIGIN, rp_id="treno.example")
LIE = Lie(origin="https://evil.example", rp_id="treno.example")
NO_SECRETS = {PLACE, "female", "public-key"}
# Times and ids are in every line, and six digits of a code may stand in them by chance.
NO_PLACE_FOR_SECRETS = ("at", "user", "session", "reference")


@pytest.fixture
def tour(api: FastAPI, transactions: Transactions, texts: Texts, post: Post) -> Tour:
    """A tour of the whole program, but for its pages."""
    program = in_front_of(
        api,
        transactions=transactions,
        words={language: words_in(language) for language in LANGUAGES},
        policy="default-src 'self'",
        origins=(ORIGIN,),
    )
    return Tour(program, texts=texts, post=post)


async def test_s58_nothing_secret_is_in_the_log_after_a_whole_tour(
    tour: Tour, api: FastAPI, transactions: Transactions, clock: StoppedClock
) -> None:
    with written_log("DEBUG") as stream:
        ada, key = tour.browser(), Authenticator(sign_count=1)
        await ada.script("/auth/enter", alias="Ada", gender="female")
        _say(transactions, ada)
        await _sign_up(ada, key)
        codes = (await ada.json("/auth/recovery-codes", {})).json()["codes"]
        await _change_phone(tour, ada, clock)
        elsewhere = tour.browser()
        await _log_in(elsewhere, key, replace(TRUTH, sign_count=2))
        await elsewhere.script("/auth/logout")
        await _log_in(tour.browser(), key, LIE)
        await _log_in(tour.browser(), key, replace(TRUTH, sign_count=1))
        clock.pass_(timedelta(seconds=60))
        await _recover(tour, codes[0])
        await _by_password(tour)
        await _break(api, tour.browser(), ada.session or "")
        await _hurry(api, tour.browser())

    lines = lines_of(stream)
    assert {line["event"] for line in lines} >= _MET
    searched = [
        json.dumps({k: v for k, v in line.items() if k not in NO_PLACE_FOR_SECRETS})
        for line in lines
    ]
    secrets = {secret for secret in tour.secrets - NO_SECRETS if secret}
    assert len(secrets) > len(_MET)
    assert [secret for secret in secrets if any(secret in line for line in searched)] == []


_MET = {
    "entered",
    "signed_up",
    "passkey_added",
    "recovery_codes_made",
    "code_sent",
    "code_refused",
    "phone_changed",
    "login_started",
    "logged_in",
    "login_refused",
    "logged_out",
    "counter_regressed",
    "recovered",
    "email_confirmed",
    "reset_asked",
    "reset_refused",
    "password_reset",
    "password_changed",
    "step_up_refused",
    "token_minted",
    "unexpected",
    "limited",
}


def _say(transactions: Transactions, browser: Browser) -> None:
    with transactions.writing() as tx:
        who = authenticate(tx, hash_token(browser.session or ""))
        place = places.get(tx.db, PLACE)
        assert place is not None
        room = next(room for room in rooms.of_place(tx.db, place.id) if room.slug == "treno")
        send_message(tx, who, room.id, Draft(text=SAID, client_id=str(uuid4())))


async def _sign_up(browser: Browser, key: Authenticator) -> None:
    form = {"alias": "Chiara", "gender": "female", "phone": HERS}
    options = (await browser.json("/auth/passkeys/sign-up/options", form)).json()
    body = {"credential": key.create(options, TRUTH)}
    assert (await browser.json("/auth/passkeys/sign-up/verify", body)).status_code == 200


async def _log_in(browser: Browser, key: Authenticator, lie: Lie) -> None:
    options = (await browser.json("/auth/passkeys/login/options", {})).json()
    await browser.json("/auth/passkeys/login/verify", {"credential": key.get(options, lie)})


async def _change_phone(tour: Tour, browser: Browser, clock: StoppedClock) -> None:
    await browser.json("/auth/phone/change", {"phone": NEW, "region": "IT"})
    await browser.json("/auth/phone/confirm", {"code": "000000"})
    clock.pass_(timedelta(seconds=60))
    await browser.json("/auth/phone/resend", {})
    confirmed = await browser.json("/auth/phone/confirm", {"code": tour.code()})
    assert confirmed.status_code == 200


async def _recover(tour: Tour, recovery_code: str) -> None:
    browser = tour.browser()
    await browser.json("/auth/recover", {"phone": NEW})
    await browser.json("/auth/recover/code", {"code": tour.code()})
    await browser.json("/auth/recover/proof", {"recovery_code": recovery_code})
    options = (await browser.json("/auth/recover/passkey/options", {})).json()
    body = {"credential": Authenticator().create(options, TRUTH)}
    assert (await browser.json("/auth/recover/passkey/verify", body)).status_code == 200


async def _by_password(tour: Tour) -> None:
    elsa, account = tour.browser(), {"email": EMAIL, "password": WORDS}
    form = {**account, "alias": "Elsa", "gender": "female"}
    assert (await elsa.json("/auth/password/sign-up", form)).status_code == 200
    proof = {"token": tour.link(), "password": WORDS}
    assert (await elsa.json("/auth/password/confirm", proof)).status_code == 200
    await _by_token(elsa)
    wrong = {"password": OTHER, "current_password": f"{WORDS} no"}
    assert (await elsa.json("/auth/password/change", wrong)).status_code == 401
    right = {"password": OTHER, "current_password": WORDS}
    assert (await elsa.json("/auth/password/change", right)).status_code == 200
    await elsa.script("/auth/logout")
    assert (await elsa.json("/auth/password/login", account)).status_code == 401
    await elsa.json("/auth/password/forgot", {"email": EMAIL})
    body = {"token": tour.link(), "password": f"{OTHER} di grano"}
    assert (await elsa.json("/auth/password/reset", body)).status_code == 200
    assert (await elsa.json("/auth/password/reset", body)).status_code == 400
    back = {"email": EMAIL, "password": f"{OTHER} di grano"}
    assert (await tour.browser().json("/auth/password/login", back)).status_code == 200


async def _by_token(browser: Browser) -> None:
    token = (await browser.json("/api/v1/auth/token", {})).json()["access_token"]
    me = "/api/v1/users/me"
    assert (await browser.ask(me, Authorization=f"Bearer {token}")).status_code == 200
    assert (await browser.ask(me, Authorization=f"Bearer {token[:-9]}AAAAAAAAA")).status_code == 401


async def _break(api: FastAPI, browser: Browser, token: str) -> None:
    def break_down() -> bool:
        raise RuntimeError(f"{token} of {HERS} said {SAID}")

    house = api.state.house
    api.state.house = replace(house, is_ready=break_down)
    assert (await browser.ask("/ready")).status_code == 500
    api.state.house = house


async def _hurry(api: FastAPI, browser: Browser) -> None:
    api.state.house = replace(api.state.house, limits=Limits(entries_per_minute=1))
    for _ in range(2):
        await browser.script("/auth/enter", alias="Bruno", gender="male")
