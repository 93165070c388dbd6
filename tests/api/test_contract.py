"""Guest becomes registered, over HTTP: nobody becomes anybody but who they are (security.md §3)."""

from typing import Any

import pytest
from httpx import Response
from sqlmodel import select

from tests.api.conftest import OpenBrowser
from tests.support.authenticator import Authenticator, Lie
from tests.support.browser import ORIGIN, Browser
from treno_chat.actions.transaction import Transactions
from treno_chat.stores import tables

TRUTH = Lie(origin=ORIGIN, rp_id="treno.example")
FORM = {"alias": "Ada", "gender": "female", "phone": "347 123 4567"}
CEREMONY = "__Host-treno_ceremony"


async def begin(browser: Browser, **form: str) -> Response:
    return await browser.json("/auth/passkeys/sign-up/options", FORM | form)


async def finish(browser: Browser, credential: Any, **more: str) -> Response:  # noqa: ANN401 -- JSON
    body = {"credential": credential, **more}
    return await browser.json("/auth/passkeys/sign-up/verify", body)


def people(transactions: Transactions) -> dict[str, bool]:
    with transactions.reading() as tx:
        return {row.alias: row.is_anonymous for row in tx.db.exec(select(tables.User)).all()}


async def me(browser: Browser) -> Any:  # noqa: ANN401 -- JSON
    return (await browser.ask("/auth/me")).json()


@pytest.fixture
async def bruno(open_browser: OpenBrowser) -> Browser:
    """The browser of another guest."""
    browser = open_browser()
    await browser.script("/auth/enter", alias="Bruno", gender="male")
    return browser


async def test_contract_1_who_registers_is_the_person_of_the_cookie(
    ada: Browser, bruno: Browser, transactions: Transactions
) -> None:
    key = Authenticator()
    seal = (await me(ada))["seal"]
    options = (await begin(ada)).json()
    assert (await finish(ada, key.create(options, TRUTH))).status_code == 200

    assert (await me(ada))["seal"] == seal
    assert (await me(bruno))["is_anonymous"]
    assert people(transactions) == {"Ada": False, "Bruno": True}


@pytest.mark.parametrize("name", ["user_id", "anonymous_id", "session_id", "token", "is_anonymous"])
async def test_contract_4_an_id_in_the_body_is_refused_at_both_ends(
    ada: Browser, bruno: Browser, transactions: Transactions, name: str
) -> None:
    assert (await begin(bruno, alias="Bruno", **{name: "of Ada"})).status_code == 422
    options = (await begin(bruno, alias="Bruno")).json()
    credential = Authenticator().create(options, TRUTH)

    assert (await finish(bruno, credential, **{name: "of Ada"})).status_code == 422
    assert people(transactions) == {"Ada": True, "Bruno": True}


async def test_contract_4_anothers_alias_is_not_taken_over(
    ada: Browser, bruno: Browser, stranger: Browser, transactions: Transactions
) -> None:
    for thief in (bruno, stranger):
        answer = await begin(thief, alias="ADA")
        assert (answer.status_code, answer.json()["field"]) == (409, "alias")
    assert people(transactions) == {"Ada": True, "Bruno": True}


async def test_contract_4_anothers_ceremony_makes_nobody_of_theirs(
    ada: Browser, bruno: Browser, stranger: Browser, transactions: Transactions
) -> None:
    for thief in (bruno, stranger):
        options = (await begin(ada)).json()
        stolen = ada.client.cookies.get(CEREMONY) or ""
        thief.client.cookies.set(CEREMONY, stolen, domain="treno.example")

        refused = await finish(thief, Authenticator().create(options, TRUTH))
        assert (refused.status_code, refused.json()["code"]) == (403, "passkey_refused")
    assert people(transactions) == {"Ada": True, "Bruno": True}


async def test_contract_6_the_guests_cookie_is_answered_401_everywhere(
    ada: Browser, open_browser: OpenBrowser
) -> None:
    old_tab = open_browser()
    old_tab.client.cookies.update(ada.client.cookies)
    options = (await begin(ada)).json()
    await finish(ada, Authenticator().create(options, TRUTH))

    assert (await old_tab.ask("/auth/me")).status_code == 401
    assert (await old_tab.json("/auth/erasure", {})).status_code == 401
    assert (await old_tab.script("/auth/continue")).status_code == 401
