"""A disk that is full, a database that is away: nothing is said to be sent, and nothing is lost."""

import asyncio
import sqlite3
from collections.abc import Awaitable, Generator
from contextlib import contextmanager
from copy import copy

import pytest
from sqlalchemy import event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError

from tests.actions.worlds import draft
from tests.conftest import Heard
from tests.support.postgres import PostgresServer
from treno_chat.actions.limits.limits import Limits
from treno_chat.actions.talk.rooms import newest_page
from treno_chat.actions.talk.sender import Sender
from treno_chat.actions.transaction import Transactions
from treno_chat.domain.door.sessions import Principal
from treno_chat.domain.places import Room
from treno_chat.domain.talk.events import MessageSent
from treno_chat.domain.talk.messages import Message
from treno_chat.stores.database import Database, is_of_another_unit
from treno_chat.stores.talk import rooms

MANY = 30  # more than the last free page of a file holds, and no more than a page of the room


@contextmanager
def full_disk(database: Database) -> Generator[None]:
    """Let the file of a database grow no more."""

    def grow_no_more(connection: sqlite3.Connection, *_: object) -> None:
        connection.execute("PRAGMA max_page_count=1")  # as many as there are, at least

    def grow(connection: sqlite3.Connection, *_: object) -> None:
        connection.execute("PRAGMA max_page_count=1000000")

    event.listen(database.engine, "checkout", grow_no_more)
    event.listen(database.engine, "checkin", grow)
    yield
    event.remove(database.engine, "checkout", grow_no_more)
    event.remove(database.engine, "checkin", grow)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_f11_on_a_full_disk_nothing_is_said_to_be_sent_and_reading_goes_on(
    sender: Sender,
    transactions: Transactions,
    heard: Heard,
    *,
    ada: Principal,
    train: Room,
) -> None:
    drafts = [draft("Galleria! " * 90) for _ in range(MANY)]
    with full_disk(transactions.database):
        answers = [await answer_to(sender.send(ada, train.id, each)) for each in drafts]
        said = [each for each in answers if isinstance(each, Message)]

        assert stored(transactions, ada, train) == said
    faults = [str(each) for each in answers if isinstance(each, OperationalError)]
    refused = drafts[answers.index(next(each for each in answers if each not in said))]
    said.append(await sender.send(ada, train.id, refused))

    assert len(faults) == MANY + 1 - len(said) > 0
    assert all("full" in fault for fault in faults)
    assert said[-1].client_id == refused.client_id
    assert stored(transactions, ada, train) == said
    assert [event.message for event in heard.events if isinstance(event, MessageSent)] == said


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
async def test_f3_while_the_database_is_away_nothing_is_said_to_be_sent(
    sender: Sender,
    transactions: Transactions,
    heard: Heard,
    *,
    postgres: PostgresServer,
    ada: Principal,
    train: Room,
) -> None:
    before, refused = await sender.send(ada, train.id, draft()), draft()

    with postgres.away(make_url(transactions.database.engine.url).database or ""):
        for _ in range(2):
            with pytest.raises(OperationalError):
                await sender.send(ada, train.id, refused)
    after = await sender.send(ada, train.id, refused)

    assert after.client_id == refused.client_id
    assert stored(transactions, ada, train) == [before, after]
    assert [event.message for event in heard.events if isinstance(event, MessageSent)] == [
        before,
        after,
    ]


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
async def test_f12_while_a_room_is_held_nothing_is_said_to_be_sent(
    database_url: str, transactions: Transactions, heard: Heard, *, ada: Principal, train: Room
) -> None:
    hasty = Database(database_url, lock_patience=0.05)
    hurried = copy(transactions)
    hurried.database = hasty
    sender, said = Sender(hurried, Limits()), draft()

    with transactions.writing() as tx:
        rooms.hold(tx.db, train.id)
        with pytest.raises(OperationalError) as refused:
            await sender.send(ada, train.id, said)
    sent = await sender.send(ada, train.id, said)

    assert is_of_another_unit(refused.value)
    assert stored(transactions, ada, train) == [sent]
    assert [event.message for event in heard.events if isinstance(event, MessageSent)] == [sent]
    hasty.close()


async def answer_to(sending: Awaitable[Message]) -> Message | BaseException:
    """Return what somebody was answered, or what broke."""
    (answer,) = await asyncio.gather(sending, return_exceptions=True)
    return answer


def stored(transactions: Transactions, reader: Principal, room: Room) -> list[Message]:
    """Return what a room's newest page holds."""
    with transactions.reading() as tx:
        return list(newest_page(tx, reader, room.id).page.messages)
