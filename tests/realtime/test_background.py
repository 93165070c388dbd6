"""Beside the requests: what the command line did is heard once on every page, in every process."""

import asyncio
import threading
from contextlib import ExitStack, nullcontext
from types import SimpleNamespace
from typing import Any
from unittest.mock import Mock

import pytest
from anyio import to_thread
from sqlalchemy.exc import InternalError
from structlog.testing import capture_logs

from tests.conftest import StoppedClock
from tests.realtime.conftest import StartServer
from tests.support.chat_server import Server, message
from tests.support.patience import until
from tests.support.redis import RedisServer
from tests.support.wire import WirePage
from treno_chat.actions.lanes import HTTP_THREADS
from treno_chat.actions.operations.places import make_demo_place
from treno_chat.actions.operations.signals import announce_by_signal
from treno_chat.actions.talk.announcements import announce
from treno_chat.actions.transaction import Transactions
from treno_chat.background import Background
from treno_chat.domain.places import Place
from treno_chat.domain.talk.events import MessageSent, SessionEnded
from treno_chat.realtime.shared_fanout import DirectRedisManager
from treno_chat.stores.database import Database

LAST = 1000
TEXT = "Si riparte fra dieci minuti."


@pytest.fixture
def place(transactions: Transactions) -> Place:
    with transactions.writing() as tx:
        return make_demo_place(tx)


@pytest.fixture
def command_line(transactions: Transactions, clock: StoppedClock) -> Transactions:
    """Units of work of another process, which nobody is connected to."""
    return Transactions(
        transactions.database,
        policy=transactions.policy,
        vault=transactions.vault,
        clock=clock,
        announce=announce_by_signal(transactions.database, clock),
    )


@pytest.fixture
async def pair(
    start: StartServer, redis: RedisServer, transactions: Transactions
) -> list[tuple[Server, Background]]:
    """Two processes on one Redis and one database, who listen to both."""
    servers = [await start(redis_url=redis.url) for _ in range(2)]
    for server in servers:
        manager = server.realtime.server.manager
        assert isinstance(manager, DirectRedisManager)
        await manager.is_listening.wait()
    both = [(server, Background(transactions, server.realtime)) for server in servers]
    await all_read(both)
    return both


async def all_read(processes: list[tuple[Server, Background]]) -> None:
    """Let every process read what the command line left for it."""
    for _, background in processes:
        await asyncio.to_thread(background.pass_signals_on)


async def heard(page: WirePage, pair: list[tuple[Server, Background]]) -> list[Any]:
    """Return everything that a page heard, up to a last word of each process."""
    last = {LAST + number for number, _ in enumerate(pair)}
    heard: list[Any] = []
    while not last <= {one.get("seq") for one in heard}:
        packet = await page.arrival()
        heard += packet.get("batch", [packet])
    return [one for one in heard if one.get("seq") not in last]


async def say_last_words(pair: list[tuple[Server, Background]], room_id: str) -> None:
    """Let each process tell all pages something, after everything that it told before."""
    for number, (server, _) in enumerate(pair):
        await server.publish(MessageSent(message=message(LAST + number, room_id=room_id)))


async def test_what_runs_beside_does_not_wait_behind_those_who_knock(
    start: StartServer, transactions: Transactions, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Signals and jobs have a thread each: while HTTP's are all taken, both go on."""
    background = Background(transactions, (await start()).realtime)
    went_on = {name: threading.Event() for name in ("pass_signals_on", "run_jobs")}
    for name, event in went_on.items():
        monkeypatch.setattr(background, name, event.set)
    monkeypatch.setattr(background, "realtime", SimpleNamespace(running=nullcontext))
    everybody = to_thread.current_default_thread_limiter()
    knocking = [object() for _ in range(int(everybody.total_tokens))]
    for one in knocking:
        await everybody.acquire_on_behalf_of(one)

    async with background.running():
        await until(lambda: all(event.is_set() for event in went_on.values()))
        assert everybody.total_tokens == HTTP_THREADS

    for one in knocking:
        everybody.release_on_behalf_of(one)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_f12_what_runs_beside_outlives_that_every_connection_is_taken(
    start: StartServer, transactions: Transactions, monkeypatch: pytest.MonkeyPatch
) -> None:
    transactions.database = Database(
        str(transactions.database.engine.url), pool_size=1, patience=0.01
    )
    beside = Background(transactions, (await start()).realtime)
    monkeypatch.setattr(beside, "realtime", SimpleNamespace(running=nullcontext, hub=Mock()))
    monkeypatch.setattr("treno_chat.background.SIGNAL_SECONDS", 0.01)
    went_on = Mock()
    monkeypatch.setattr(beside, "also", went_on)

    with ExitStack() as taken, capture_logs() as lines:
        for _ in range(2):  # as many again may come for a while
            taken.enter_context(transactions.reading()).db.connection()
        async with beside.running():
            await until(
                lambda: {"pass_signals_on", "run_jobs"} <= {one.get("work") for one in lines}
            )
            assert not went_on.called
            taken.close()
            await until(lambda: went_on.called)
    transactions.database.close()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_what_runs_beside_outlives_whatever_it_stumbles_over(
    start: StartServer, transactions: Transactions, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As when PostgreSQL lets nobody write for a moment: that is none of its usual absences."""
    beside = Background(transactions, (await start()).realtime)
    monkeypatch.setattr(beside, "realtime", SimpleNamespace(running=nullcontext))
    rounds = {name: Mock(__name__=name) for name in ("pass_signals_on", "run_jobs")}
    for name, work in rounds.items():
        work.side_effect = [InternalError("UPDATE", None, Exception()), *[None] * 1000]
        monkeypatch.setattr(beside, name, work)
    monkeypatch.setattr("treno_chat.background.SIGNAL_SECONDS", 0.01)
    monkeypatch.setattr("treno_chat.background.JOB_SECONDS", 0.01)

    with capture_logs() as lines:
        async with beside.running():
            await until(lambda: all(work.call_count > 1 for work in rounds.values()))

    told = {one["work"]: (one["event"], one["exc_info"]) for one in lines}
    assert told == dict.fromkeys(rounds, ("background_failed", True))


async def test_an_announcement_is_heard_once_on_every_page(
    pair: list[tuple[Server, Background]], command_line: Transactions, place: Place
) -> None:
    with command_line.writing() as tx:
        announcement = announce(tx, place.slug, TEXT)
    here = {"room_id": announcement.room_id, "place_id": place.id}
    (one, _), (other, _) = pair
    async with one.room("ada", **here) as adas, other.room("bruno", **here) as brunos:
        await all_read(pair)
        await say_last_words(pair, announcement.room_id)

        for page in (adas, brunos):
            assert await heard(page, pair) == [{"seq": 1, "body": TEXT}]


async def test_a_session_that_the_command_line_ends_is_over_in_every_process(
    pair: list[tuple[Server, Background]], transactions: Transactions, clock: StoppedClock
) -> None:
    (one, _), (other, _) = pair
    async with one.room("ada") as first, other.room("ada") as second, other.room("bruno"):
        announce_by_signal(transactions.database, clock)([SessionEnded(session_id="session-ada")])

        await all_read(pair)

        for page in (first, second):
            assert await page.arrival() == {"say": "ended"}
            await page.closed()
            assert page.nothing_arrived()
        assert len(other.realtime.connections.of_session("session-bruno")) == 1


async def test_while_redis_is_away_every_process_hears_the_command_line(
    pair: list[tuple[Server, Background]],
    command_line: Transactions,
    place: Place,
    redis: RedisServer,
) -> None:
    with command_line.writing() as tx:
        announcement = announce(tx, place.slug, TEXT)
    here = {"room_id": announcement.room_id, "place_id": place.id}
    (one, _), (other, _) = pair
    async with one.room("ada", **here) as adas, other.room("bruno", **here) as brunos:
        redis.stop()
        try:
            await all_read(pair)

            for page in (adas, brunos):
                assert await page.arrival() == {"batch": [{"seq": 1, "body": TEXT}]}
        finally:
            redis.start()
