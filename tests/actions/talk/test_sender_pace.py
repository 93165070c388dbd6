"""The sender: who waits, waits alone, and keeps nobody waiting."""

import asyncio

import pytest
from anyio import to_thread

from tests.actions.statements import statements
from tests.actions.talk.speaking import codes_of, say_at_once
from tests.actions.worlds import draft
from tests.support.postgres import free_port
from tests.support.redis import RedisServer
from treno_chat.actions.limits.limits import Limits
from treno_chat.actions.talk.sender import Sender
from treno_chat.actions.transaction import Transactions
from treno_chat.domain.door.sessions import Principal
from treno_chat.domain.places import Room
from treno_chat.domain.refusals import TooFast
from treno_chat.domain.talk.messages import Message


async def test_who_says_too_much_at_once_waits_alone(
    transactions: Transactions, ada: Principal, bruno: Principal, train: Room
) -> None:
    sender = Sender(transactions, Limits(send_burst=2, sends_per_minute=1000))

    *few, too_many, other = await say_at_once(
        sender, *((ada, train, draft()) for _ in range(3)), (bruno, train, draft())
    )

    assert codes_of([*few, other]) == ["", "", ""]
    assert isinstance(too_many, TooFast)


async def test_who_is_too_fast_is_refused_before_anything_is_locked(
    transactions: Transactions, ada: Principal, train: Room
) -> None:
    sender = Sender(transactions, Limits(send_burst=1, sends_per_minute=1000))
    await sender.send(ada, train.id, draft())

    with statements(transactions.database) as seen, pytest.raises(TooFast):
        await sender.send(ada, train.id, draft())

    assert not seen


async def test_two_processes_count_together_what_one_person_says(
    transactions: Transactions, redis: RedisServer, ada: Principal, train: Room
) -> None:
    one, other = (Sender(transactions, Limits(redis.url, send_burst=1)) for _ in range(2))
    await one.send(ada, train.id, draft())

    with pytest.raises(TooFast):
        await other.send(ada, train.id, draft())


async def test_f4_people_talk_on_while_redis_is_away(
    transactions: Transactions, ada: Principal, train: Room
) -> None:
    away = Limits(f"redis://localhost:{free_port()}", send_burst=1)
    sender = Sender(transactions, away)

    assert (await sender.send(ada, train.id, draft())).seq == 1

    with pytest.raises(TooFast):
        await sender.send(ada, train.id, draft())


async def test_a_rush_at_the_door_does_not_stand_before_what_is_said(
    sender: Sender, ada: Principal, train: Room
) -> None:
    threads = to_thread.current_default_thread_limiter()
    queue = [object() for _ in range(int(threads.available_tokens))]
    for waiting in queue:
        threads.acquire_on_behalf_of_nowait(waiting)
    try:
        [answer] = await say_at_once(sender, (ada, train, draft("Ciao")))
    finally:
        for waiting in queue:
            threads.release_on_behalf_of(waiting)

    assert isinstance(answer, Message)


async def test_who_stops_waiting_takes_nobodys_words_back(
    sender: Sender, ada: Principal, bruno: Principal, train: Room
) -> None:
    gone = asyncio.create_task(sender.send(ada, train.id, draft("Vado")))
    stays = asyncio.create_task(sender.send(bruno, train.id, draft("Resto")))
    await asyncio.sleep(0)
    gone.cancel()

    assert (await stays).seq == 2
