"""With the database away, whoever asks is told to try again; nobody is told what is missing."""

import asyncio
from collections.abc import Generator
from contextlib import ExitStack

import pytest
from fastapi import FastAPI
from sqlalchemy import text
from structlog.testing import capture_logs

from tests.api.conftest import PLACE
from tests.conftest import TEMPLATE
from tests.support.assistant import assistant_at
from tests.support.browser import Browser
from tests.support.patience import until
from tests.support.postgres import PostgresServer
from treno_chat.actions.door.doors import find_door
from treno_chat.actions.limits.limits import Limits
from treno_chat.actions.operations.places import make_demo_place
from treno_chat.actions.transaction import Transactions
from treno_chat.api.app import create_api
from treno_chat.api.front.faults import Faults
from treno_chat.domain.policy import Policy
from treno_chat.domain.vault import Vault
from treno_chat.domain.words import LANGUAGES, Language, Words
from treno_chat.locales import words_in
from treno_chat.stores.database import Database

# Nothing listens on port 1.
CLOSED = "postgresql://treno:hidden@127.0.0.1:1/treno"
WORDS: dict[Language, Words] = {language: words_in(language) for language in LANGUAGES}


def routes_on(database: Database, policy: Policy) -> FastAPI:
    vault = Vault("a secret of the tests, long enough")
    transactions = Transactions(database, policy=policy, vault=vault)
    return create_api(
        transactions,
        assistant=assistant_at(transactions),
        words=WORDS,
        limits=Limits(),
        origins=("https://treno.example",),
        default_place="treno-lucca-aulla",
        count_here=lambda _door: 0,
        is_ready=lambda: False,
    )


@pytest.fixture
def away(policy: Policy) -> Generator[FastAPI]:
    """The routes of a house without its database."""
    database = Database(CLOSED)
    yield routes_on(database, policy)
    database.close()


@pytest.fixture
def ada(away: FastAPI) -> Browser:
    """A browser that came in before."""
    browser = Browser(away)
    browser.client.cookies.set("__Host-treno_session", "x" * 43)
    return browser


@pytest.mark.parametrize(
    ("path", "code"), [("/auth/place", "unavailable"), ("/api/v1/places", "UNAVAILABLE")]
)
async def test_it_may_be_tried_again(ada: Browser, path: str, code: str) -> None:
    with capture_logs() as lines:
        answer = await ada.ask(path)

    told = answer.json()
    assert (answer.status_code, told["code"]) == (503, code)
    assert (answer.headers["retry-after"], told["retry_after"]) == ("5", 5)
    assert [line["reference"] for line in lines] == [told["reference"]]
    assert "hidden" not in answer.text
    assert "127.0.0.1" not in answer.text


async def test_a_person_gets_a_page(ada: Browser) -> None:
    answer = await ada.get("/door")

    assert answer.status_code == 503
    assert answer.headers["retry-after"] == "5"
    assert "Try again" in answer.text


async def test_it_is_the_same_outside_of_the_routes(away: FastAPI) -> None:
    async def looks_up(*_: object) -> None:
        with away.state.house.transactions.reading() as tx:
            find_door(tx, "treno-lucca-aulla")

    answer = await Browser(Faults(app=looks_up, words=WORDS)).ask("/p/anywhere")

    assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")


async def test_f12_while_every_connection_is_taken_we_live_and_others_try_again(
    database_url: str, policy: Policy
) -> None:
    database = Database(database_url, pool_size=1, patience=0.01)
    api = routes_on(database, policy)
    browser, transactions = Browser(api), api.state.house.transactions
    with transactions.writing() as tx:
        make_demo_place(tx)

    with ExitStack() as taken:
        for _ in range(2):  # as many again may come for a while
            taken.enter_context(transactions.reading()).db.connection()
        refused, alive = await browser.ask("/auth/place"), await browser.ask("/health")
    after = await browser.ask("/auth/place")

    assert (refused.status_code, refused.headers["retry-after"]) == (503, "5")
    assert alive.status_code == 200
    assert after.status_code == 200
    database.close()


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
async def test_f12_while_somebody_holds_a_row_we_live_and_others_try_again(
    database_url: str, policy: Policy
) -> None:
    database, other = Database(database_url, lock_patience=0.05), Database(database_url)
    api = routes_on(database, policy)
    browser, transactions = Browser(api), api.state.house.transactions
    ada = {"place": PLACE, "alias": "Ada", "gender": "female"}
    with transactions.writing() as tx:
        make_demo_place(tx)

    with other.writing() as db, capture_logs() as lines:
        db.connection().execute(text("SELECT id FROM place FOR UPDATE"))
        refused = await browser.script("/auth/enter", **ada)
        alive, seen = await browser.ask("/health"), await browser.ask("/auth/place")
    after = await browser.script("/auth/enter", **ada)

    assert (refused.status_code, refused.headers["retry-after"]) == (503, "5")
    assert (alive.status_code, seen.status_code) == (200, 200)
    assert after.status_code == 200
    # Nothing broke: there is nothing to trace.
    assert [(line["event"], line["log_level"]) for line in lines] == [("database_busy", "warning")]
    assert "exc_info" not in lines[0]
    for each in (database, other):
        each.close()


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
async def test_whoever_comes_in_while_a_place_is_removed_is_told_to_try_again(
    database_url: str, policy: Policy
) -> None:
    database, other = Database(database_url), Database(database_url)
    api = routes_on(database, policy)
    browser, transactions = Browser(api), api.state.house.transactions
    ada = {"place": PLACE, "alias": "Ada", "gender": "female"}
    with transactions.writing() as tx:
        make_demo_place(tx)

    with other.writing() as db, capture_logs() as lines:
        db.connection().execute(text("DELETE FROM place"))
        coming = asyncio.create_task(browser.script("/auth/enter", **ada))
        await until(lambda: is_somebody_waiting(other))
        db.commit()
        refused = await coming
    after = await browser.script("/auth/enter", **ada)

    assert (refused.status_code, refused.headers["retry-after"]) == (503, "5")
    assert (after.status_code, after.json()["code"]) == (404, "place_not_found")
    assert [(line["event"], line["log_level"]) for line in lines] == [("database_busy", "warning")]
    for each in (database, other):
        each.close()


def is_somebody_waiting(database: Database) -> bool:
    """Say whether any unit of this database waits for a row that another one holds."""
    waiting = text(
        "SELECT 1 FROM pg_stat_activity"
        " WHERE datname = current_database() AND wait_event_type = 'Lock'"
    )
    with database.reading() as db:
        return db.connection().execute(waiting).first() is not None


async def test_it_goes_and_comes_back_while_we_serve(
    postgres: PostgresServer, policy: Policy
) -> None:
    database = Database(postgres.create("leaving", template=TEMPLATE))
    api = routes_on(database, policy)
    browser, transactions = Browser(api), api.state.house.transactions

    def come() -> None:
        with transactions.writing() as tx:
            make_demo_place(tx)

    come()
    assert (await browser.ask("/auth/place")).status_code == 200
    # With everybody who was connected, as when a server goes down.
    postgres.drop("leaving")
    assert (await browser.ask("/auth/place")).status_code == 503
    assert (await browser.ask("/auth/place")).status_code == 503
    postgres.create("leaving", template=TEMPLATE)
    come()
    assert (await browser.ask("/auth/place")).status_code == 200
    database.close()
    postgres.drop("leaving")
