"""F10 and F4: two processes on one Redis and one PostgreSQL; one is killed, the other goes on."""

import asyncio
from collections.abc import AsyncGenerator, Generator, Sequence
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass, field
from uuid import uuid4

import pytest

from tests.conftest import TEMPLATE
from tests.support.patience import PATIENCE
from tests.support.postgres import PostgresServer
from tests.support.redis import RedisServer
from tests.support.served_alone import Process, process
from tests.support.tab import Tab, open_tab
from tests.web.conftest import DEVICE, PLACE, ROOM, in_room
from treno_chat.actions.door.entry import enter_as_guest
from treno_chat.actions.operations.places import make_demo_place
from treno_chat.actions.transaction import Transactions
from treno_chat.domain.door.sessions import Entered
from treno_chat.domain.policy import Policy
from treno_chat.domain.vault import Vault
from treno_chat.stores.database import Database
from treno_chat.stores.tables import JobLease
from treno_chat.web.states.room import RoomState

SECRET = "a secret of the tests, long enough for anybody"  # noqa: S105 -- of nobody
ORIGIN = "http://localhost:3000"
LEASE = 4.0
# Of the jobs the one that is due most often.
OFTEN = "erasures"


@dataclass(kw_only=True)
class Pair:
    """Two processes of one program, and the way to their database."""

    transactions: Transactions
    processes: list[Process]
    stack: AsyncExitStack = field(default_factory=AsyncExitStack)

    def guest(self, alias: str) -> Entered:
        """Let somebody walk in."""
        with self.transactions.writing() as tx:
            return enter_as_guest(
                tx, place_slug=PLACE, alias=alias, gender="other", device=DEVICE, current=None
            )

    async def tab(self, entered: Entered, at: Process, token: str | None = None) -> Tab:
        """Open somebody's tab at one of the processes."""
        cookie, headers = entered.session_token, {"Origin": ORIGIN}
        opened = open_tab(at.address, ROOM, cookie=cookie, token=token, **headers)
        return await in_room(await self.stack.enter_async_context(opened))

    async def say_after_a_loss(self, tab: Tab, who: Entered, *, at: Process) -> Tab:
        """Say it as a page does: with one id until it is answered, coming back when it is cut."""
        said = {"room_id": tab.var("room_id"), "client_id": str(uuid4()), "text": "Si sente?"}
        me, token = tab.var("me"), tab.token
        async with asyncio.timeout(PATIENCE):
            while True:
                tab.outcomes.clear()
                await tab.call(RoomState.send, **said)
                with suppress(TimeoutError):
                    await tab.until(lambda tab: tab.outcomes or not tab.client.connected)
                assert (tab.var("room_id"), tab.var("me")) == (said["room_id"], me)
                if tab.outcomes:
                    assert tab.outcomes[0]["client_id"] == said["client_id"]
                    assert tab.outcomes[0]["by"]["id"] == who.principal.user.id
                    return tab
                tab = await self.tab(who, at, token=token)

    def job_holder(self) -> str:
        """Say who had the last turn of a job."""
        with self.transactions.reading() as tx:
            lease = tx.db.get(JobLease, OFTEN)
            return "" if lease is None else lease.holder


@pytest.fixture
def database(postgres: PostgresServer) -> Generator[Database]:
    """A fresh PostgreSQL database."""
    name = f"pair_{uuid4().hex}"
    database = Database(postgres.create(name, template=TEMPLATE))
    yield database
    database.close()
    postgres.drop(name)


@pytest.fixture
async def pair(database: Database, redis: RedisServer) -> AsyncGenerator[Pair]:
    """The demo place, served by two."""
    transactions = Transactions(database, policy=Policy(), vault=Vault(SECRET))
    with transactions.writing() as tx:
        make_demo_place(tx)
    settings = {
        "DATABASE_URL": database.engine.url.render_as_string(hide_password=False),
        "REDIS_URL": redis.url,
        "PUBLIC_ORIGIN": ORIGIN,
        "TRENO_SECRET": SECRET,
    }
    with process(settings, lease=LEASE) as one, process(settings, lease=LEASE) as other:
        pair = Pair(transactions=transactions, processes=[one, other])
        async with pair.stack:
            yield pair


def _here(tab: Tab) -> set[str]:
    """Return who is here, as a page puts together what it is told."""
    here: set[str] = set()
    for told in tab.arrivals:
        if told["kind"] == "people":
            here = {each["id"] for each in told["people"]} if "people" in told else here
            here |= {each["id"] for each in told.get("joined", ())}
            here -= set(told.get("left", ()))
    return here


async def _until_here(tabs: Sequence[Tab], *, here: set[str], gone: set[str]) -> None:
    """Wait until all see who is here and who is not; their hearts beat, or their leases end too."""
    async with asyncio.timeout(PATIENCE):
        while any(not here <= _here(tab) or gone & _here(tab) for tab in tabs):
            for tab in tabs:
                await tab.call(RoomState.here, room_id=tab.var("room_id"), last_rev=0)
            await _a_moment(tabs[0])


async def _a_moment(tab: Tab) -> None:
    """Wait for word of who comes and goes, or a second: hearts that beat faster are a flood."""
    before = _told_of_people(tab)
    with suppress(TimeoutError):
        async with asyncio.timeout(1):
            await tab.until(lambda tab: _told_of_people(tab) > before)


def _told_of_people(tab: Tab) -> int:
    return sum(told["kind"] == "people" for told in tab.arrivals)


async def _say(tab: Tab, text: str) -> None:
    client_id = str(uuid4())
    await tab.call(RoomState.send, room_id=tab.var("room_id"), client_id=client_id, text=text)
    assert (await tab.outcome(client_id))["ok"] is True


@pytest.mark.timeout(180)
async def test_f10_and_f4_of_two_processes_one_is_killed_and_the_other_goes_on(
    pair: Pair, redis: RedisServer
) -> None:
    one, other = pair.processes
    ada, bruno, chiara, elio = map(pair.guest, ("Ada", "Bruno", "Chiara", "Elio"))
    adas = await pair.tab(ada, one)
    elios = await pair.tab(elio, one)
    brunos, chiaras = await pair.tab(bruno, other), await pair.tab(chiara, other)
    await _say(adas, "Both hear this")
    for tab in (brunos, chiaras):
        await tab.arrival(kind="new", body="Both hear this")
    names = {each.principal.user.id for each in (ada, bruno, chiara, elio)}
    await _until_here([brunos, chiaras, adas, elios], here=names, gone=set())

    await asyncio.to_thread(one.kill)

    await _say(brunos, "While ada is away")
    await chiaras.arrival(kind="new", body="While ada is away")
    # The page finds its way by itself: same tab, same cookie, and Reflex's state in Redis.
    moved = await pair.tab(ada, other, token=adas.token)
    assert moved.var("room_id") == adas.var("room_id")
    assert moved.var("me") == adas.var("me")
    await moved.arrival(kind="page")
    await _say(moved, "Back again")
    await brunos.arrival(kind="new", body="Back again")
    # Elio does not come back: he is gone when his lease is over, and ada is not.
    lost = {elio.principal.user.id}
    await _until_here([brunos, chiaras, moved], here=names - lost, gone=lost)
    # Whoever did the jobs does them no more: the next turn is the other's.
    async with asyncio.timeout(PATIENCE):
        while await asyncio.to_thread(pair.job_holder) != other.holder:
            await _a_moment(brunos)
    # Redis forgets everything, then goes and comes back with nothing; Reflex's states with it.
    talking = [(moved, ada), (brunos, bruno)]
    for losing in (redis.flush, redis.restart):
        await asyncio.to_thread(losing)
        talking = [(await pair.say_after_a_loss(tab, who, at=other), who) for tab, who in talking]
