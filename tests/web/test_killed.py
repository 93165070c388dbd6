"""F1 and F2: the server is killed or told to stop while people are at it: nothing is half done."""

import asyncio
import re
import shutil
from collections.abc import Generator
from contextlib import AsyncExitStack
from pathlib import Path
from urllib.parse import urlencode
from uuid import uuid4

import pytest

from tests.support.half_sent import half_sent, until_refused
from tests.support.served_alone import process
from tests.support.talkers import newest, open_all, say, taken
from tests.web.conftest import DEVICE, PLACE, ROOM
from treno_chat.actions.door.entry import enter_as_guest
from treno_chat.actions.door.sessions import authenticate
from treno_chat.actions.operations.places import make_demo_place
from treno_chat.actions.talk.rooms import newest_page
from treno_chat.actions.transaction import Transactions
from treno_chat.domain.door.sessions import Entered, hash_token
from treno_chat.domain.ids import RoomId
from treno_chat.domain.policy import Policy
from treno_chat.domain.vault import Vault
from treno_chat.stores.database import Database

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


@pytest.mark.timeout(180)
async def test_f1_a_server_killed_in_the_middle_of_talk_loses_and_doubles_nothing(
    transactions: Transactions, settings: dict[str, str]
) -> None:
    people = [guest(transactions, number) for number in range(PEOPLE)]
    words = [[str(uuid4()) for _ in range(EACH)] for _ in people]
    async with AsyncExitStack() as stack:
        with process(settings, lease=LEASE) as killed:
            before = await open_all(stack, people, killed.address, ROOM, origin=ORIGIN)
            for tab, mine in zip(before, words, strict=True):
                for client_id in mine:
                    await say(tab, client_id)
            for tab, mine in list(zip(before, words, strict=True))[: PEOPLE // 2]:
                await tab.outcome(mine[0])
            await asyncio.to_thread(killed.kill)
        acknowledged = taken(before)
        with process(settings, lease=LEASE) as again:
            # The same cookies: whoever was in is in.
            after = await open_all(stack, people, again.address, ROOM, origin=ORIGIN)
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


@pytest.mark.timeout(180)
async def test_f2_a_server_told_to_stop_finishes_what_is_under_way(
    transactions: Transactions, settings: dict[str, str]
) -> None:
    form = urlencode({"place": PLACE, "alias": "Bruno", "gender": "male"})
    with process(settings, lease=LEASE) as stopped:
        async with AsyncExitStack() as stack:
            ada = guest(transactions, 1)
            [tab] = await open_all(stack, [ada], stopped.address, ROOM, origin=ORIGIN)
            coming = await stack.enter_async_context(
                half_sent(stopped.port, "/auth/enter", form, origin=ORIGIN)
            )
            stopped.stop()
            await until_refused(stopped.port)
            # Her page finds the next server; here it would wait for nothing.
            await tab.until(lambda tab: not tab.client.connected)
            answer = await coming.finish()
        assert await asyncio.to_thread(stopped.running.wait) == 0

    assert answer.startswith("HTTP/1.1 303")
    [session_token] = re.findall(r"__Host-treno_session=([^;]+)", answer)
    with transactions.reading() as tx:
        assert authenticate(tx, hash_token(session_token)).user.alias == "Bruno"
