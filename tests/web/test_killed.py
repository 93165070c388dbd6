"""F1: the server is killed while twenty people talk: what was taken is kept, and nothing twice."""

import asyncio
import shutil
from collections.abc import Generator
from contextlib import AsyncExitStack
from pathlib import Path
from uuid import uuid4

import pytest

from tests.support.served_alone import Process, process
from tests.support.tab import Tab, open_tab
from tests.web.conftest import DEVICE, PLACE, ROOM, in_room
from treno_chat.actions.door.entry import enter_as_guest
from treno_chat.actions.operations.places import make_demo_place
from treno_chat.actions.talk.rooms import newest_page
from treno_chat.actions.transaction import Transactions
from treno_chat.domain.door.sessions import Entered
from treno_chat.domain.ids import RoomId
from treno_chat.domain.policy import Policy
from treno_chat.domain.vault import Vault
from treno_chat.stores.database import Database
from treno_chat.web.states.room import RoomState

SECRET = "a secret of the tests, long enough for anybody"  # noqa: S105 -- of nobody
ORIGIN = "http://localhost:3000"
# Twice twenty: as many as the newest page of a room holds.
PEOPLE, EACH = 20, 2
LEASE = 60.0


@pytest.fixture
def database(sqlite_template: Path, tmp_path: Path) -> Generator[Database]:
    """A file that outlives its servers."""
    file = tmp_path / "treno.db"
    shutil.copy(sqlite_template, file)
    database = Database(f"sqlite:///{file}")
    yield database
    database.close()


@pytest.fixture
def transactions(database: Database) -> Transactions:
    """Units of work on the file, beside the server."""
    transactions = Transactions(database, policy=Policy(), vault=Vault(SECRET))
    with transactions.writing() as tx:
        make_demo_place(tx)
    return transactions


@pytest.fixture
def settings(database: Database) -> dict[str, str]:
    """What every server of the file is started with."""
    return {
        "DATABASE_URL": str(database.engine.url),
        "REDIS_URL": "",
        "PUBLIC_ORIGIN": ORIGIN,
        "TRENO_SECRET": SECRET,
    }


def guest(transactions: Transactions, number: int) -> Entered:
    """Let somebody walk in."""
    with transactions.writing() as tx:
        return enter_as_guest(
            tx,
            place_slug=PLACE,
            alias=f"Ada {number}",
            gender="other",
            device=DEVICE,
            current=None,
        )


async def open_all(stack: AsyncExitStack, people: list[Entered], at: Process) -> list[Tab]:
    """Open everybody's tab."""

    async def opened(one: Entered) -> Tab:
        tab = open_tab(at.address, ROOM, cookie=one.session_token, Origin=ORIGIN)
        return await in_room(await stack.enter_async_context(tab))

    return [await opened(one) for one in people]


async def say(tab: Tab, client_id: str) -> None:
    """Say something, without waiting for what becomes of it."""
    room_id = tab.var("room_id")
    await tab.call(RoomState.send, room_id=room_id, client_id=client_id, text="Si sente?")


def taken(tabs: list[Tab]) -> set[str]:
    """Return what was acknowledged."""
    return {told["client_id"] for tab in tabs for told in tab.outcomes if told["ok"]}


@pytest.mark.timeout(180)
async def test_f1_a_server_killed_in_the_middle_of_talk_loses_and_doubles_nothing(
    transactions: Transactions, settings: dict[str, str]
) -> None:
    people = [guest(transactions, number) for number in range(PEOPLE)]
    words = [[str(uuid4()) for _ in range(EACH)] for _ in people]
    async with AsyncExitStack() as stack:
        with process(settings, lease=LEASE) as killed:
            before = await open_all(stack, people, killed)
            for tab, mine in zip(before, words, strict=True):
                for client_id in mine:
                    await say(tab, client_id)
            for tab, mine in list(zip(before, words, strict=True))[: PEOPLE // 2]:
                await tab.outcome(mine[0])
            await asyncio.to_thread(killed.kill)
        acknowledged = taken(before)
        with process(settings, lease=LEASE) as again:
            # The same cookies: whoever was in is in.
            after = await open_all(stack, people, again)
            for tab, mine in zip(after, words, strict=True):
                for client_id in mine:
                    if client_id not in acknowledged:
                        await say(tab, client_id)
                        assert (await tab.outcome(client_id))["ok"] is True
            screens = [await newest(tab) for tab in after]

    with transactions.reading() as tx:
        room_id = RoomId(after[0].var("room_id"))
        page = newest_page(tx, people[0].principal, room_id).page
    stored = [message.client_id for message in page.messages]
    assert [message.seq for message in page.messages] == list(range(1, PEOPLE * EACH + 1))
    assert sorted(stored) == sorted(client_id for mine in words for client_id in mine)
    assert acknowledged <= set(stored)
    assert screens == [stored] * PEOPLE


async def newest(tab: Tab) -> list[str]:
    """Return what stands on a screen that was loaded anew, in its order."""
    tab.arrivals.clear()
    await tab.call(RoomState.catch_up, room_id=tab.var("room_id"), last_rev=0, first_seq=0)
    page = await tab.arrival(kind="page")
    return [message["client_id"] for message in page["messages"]]
