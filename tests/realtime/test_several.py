"""Several processes on one Redis: what happens in one is heard in all."""

import asyncio

import pytest

from tests.conftest import StoppedClock
from tests.realtime.conftest import StartServer
from tests.support.chat_server import Server, message, news_of, person
from tests.support.patience import until
from tests.support.redis import RedisServer
from treno_chat.domain.talk.events import (
    MessageSent,
    SessionEnded,
    SessionUpgraded,
    StaffChanged,
    VisitsEnded,
)
from treno_chat.realtime.leases import RedisLeases
from treno_chat.realtime.presence import LEASE_SECONDS
from treno_chat.realtime.shared_fanout import DirectRedisManager
from treno_chat.realtime.snapshot import Lease


def sent(seq: int, **how: str) -> MessageSent:
    return MessageSent(message=message(seq, **how))


async def both_listen(*servers: Server) -> None:
    for server in servers:
        manager = server.realtime.server.manager
        assert isinstance(manager, DirectRedisManager)
        await manager.is_listening.wait()


@pytest.fixture
async def pair(start: StartServer, redis: RedisServer) -> tuple[Server, Server]:
    """Two processes on one Redis; bruno is in a block with ada."""
    one = await start(redis_url=redis.url, blocked={"ada": ["bruno"]})
    other = await start(redis_url=redis.url)
    await both_listen(one, other)
    return one, other


async def test_what_is_said_in_one_process_is_heard_in_the_other(
    pair: tuple[Server, Server],
) -> None:
    one, other = pair
    async with one.room("ada") as adas, other.room("chiara") as chiaras:
        for seq in range(1, 6):
            await one.publish(sent(seq, author="chiara"))
            for page in (adas, chiaras):
                assert await page.arrival() == {"batch": [{"seq": seq, "body": f"Ciao {seq}"}]}
        assert adas.nothing_arrived()
        assert chiaras.nothing_arrived()


async def test_the_lists_of_all_processes_are_told_once_and_by_each_of_what_all_hear(
    start: StartServer, redis: RedisServer
) -> None:
    one, other = [await start(redis_url=redis.url, news_of=news_of) for _ in range(2)]
    await both_listen(one, other)
    async with (
        one.room("ada", room_id="sleeper") as adas,
        other.room("bruno", room_id="sleeper") as brunos,
    ):
        await one.publish(sent(9))
        for page in (adas, brunos):
            assert await page.arrival() == {"stirred": [["dining-car", 9]]}

        # A signal of the command line: every process reads it for itself.
        await asyncio.to_thread(other.realtime.hub.publish, [sent(9)], only_here=True)
        assert await brunos.arrival() == {"stirred": [["dining-car", 9]]}
        await other.realtime.server.emit("event", "all", namespace="/_event")
        for page in (adas, brunos):
            assert await page.arrival() == "all"


async def test_a_block_holds_across_processes(pair: tuple[Server, Server]) -> None:
    one, other = pair
    async with other.room("bruno") as brunos, other.room("chiara") as chiaras:
        await one.publish(sent(1))

        assert await chiaras.arrival() == {"batch": [{"seq": 1, "body": "Ciao 1"}]}
        assert await brunos.arrival() == {"batch": [{"seq": 1, "rev": 1}]}


async def test_the_end_of_a_session_reaches_the_other_process(
    pair: tuple[Server, Server],
) -> None:
    one, other = pair
    async with one.room("ada") as first, other.room("ada") as second, other.room("bruno"):
        await one.publish(SessionEnded(session_id="session-ada"))

        for page in (first, second):
            assert await page.arrival() == {"say": "ended"}
            await page.closed()
        assert other.realtime.connections.of_session("session-ada") == []
        assert len(other.realtime.connections.of_session("session-bruno")) == 1


async def test_upgrades_and_roles_reach_the_other_process(pair: tuple[Server, Server]) -> None:
    one, other = pair
    async with other.room("ada") as adas:
        await one.publish(SessionUpgraded(session_id="session-ada"))
        assert await adas.arrival() == {"say": "reload"}

        await one.publish(StaffChanged(place_id="train", user_id="ada"))
        assert await adas.arrival() == {"say": "look again", "place": "train"}

        await one.publish(VisitsEnded(user_id="ada", place_ids=("station", "train")))
        assert await adas.arrival() == {"say": "look again", "place": "train"}
        assert not await other.realtime.hub.renew(adas.sid)


async def test_what_is_for_one_socket_stays_in_its_process(pair: tuple[Server, Server]) -> None:
    one, other = pair
    async with one.room("ada") as adas, other.room("bruno") as brunos:
        manager = one.realtime.server.manager
        published: list[object] = []
        manager._publish = published.append
        await one.realtime.server.emit("event", "hers", to=adas.sid, namespace="/_event")

        assert await adas.arrival() == "hers"
        assert published == []
        assert brunos.nothing_arrived()


async def sweep(*servers: Server) -> None:
    """Let each tell what it holds, and then see what all hold."""
    for server in (*servers, *servers):
        await server.realtime.presence.sweep()


def present(server: Server) -> list[str]:
    return [one.id for one in server.realtime.presence.snapshot("train").people]


async def test_who_is_here_is_known_in_both(pair: tuple[Server, Server]) -> None:
    one, other = pair
    async with one.room("ada"), other.room("ada"), one.room("chiara"):
        async with other.room("bruno"):
            await sweep(one, other)
            assert present(one) == present(other) == ["ada", "bruno", "chiara"]
            await one.publish(SessionEnded(session_id="session-bruno"))
            await until(lambda: not other.realtime.connections.of_session("session-bruno"))

        await sweep(one, other)
        assert present(one) == present(other) == ["ada", "chiara"]


async def test_what_a_dead_process_left_behind_ends(
    pair: tuple[Server, Server], redis: RedisServer, clock: StoppedClock
) -> None:
    one, _ = pair
    async with one.room("chiara"):
        dead = RedisLeases(redis.url)
        now = clock().timestamp()
        [mine] = list(one.realtime.presence._mine.values())
        for who, until_ in (("ada", now + LEASE_SECONDS), ("bruno", now)):
            left = Lease(
                sid=f"dead-{who}",
                session_id=f"session-{who}",
                place_id="train",
                room_id=mine.room_id,
                person=person(who),
                until=until_,
            )
            await dead.exchange("train", mine=[left], gone=(), now=now)
        await dead.stop()

        await sweep(one)
        assert present(one) == ["ada", "chiara"]
        await one.publish(SessionEnded(session_id="session-ada"))
        await until(lambda: "session-ada" in one.realtime.presence._ended)
        await sweep(one)
        assert present(one) == ["chiara"]


async def test_a_flushed_redis_learns_again_who_is_here(
    pair: tuple[Server, Server], redis: RedisServer
) -> None:
    one, other = pair
    async with one.room("ada") as adas, other.room("bruno") as brunos:
        await sweep(one, other)
        redis.flush()
        await sweep(one, other)
        await sweep(one, other)

        assert present(one) == present(other) == ["ada", "bruno"]
        for server, page, session in ((one, adas, "ada"), (other, brunos, "bruno")):
            connection = server.realtime.connections.get(page.sid)
            assert connection is not None
            assert connection.session_id == f"session-{session}"


async def test_while_redis_is_away_each_process_goes_on_alone(
    pair: tuple[Server, Server], redis: RedisServer
) -> None:
    one, other = pair
    async with one.room("ada") as adas, other.room("bruno") as brunos:
        redis.stop()
        try:
            await one.publish(sent(1, author="chiara"))
            assert await adas.arrival() == {"batch": [{"seq": 1, "body": "Ciao 1"}]}
            await sweep(one)
            assert (await adas.arrival())["changed"]["count"] == 1
            assert present(one) == ["ada"]
            await one.publish(SessionEnded(session_id="session-ada"))
            assert await adas.arrival() == {"say": "ended"}
            manager = one.realtime.server.manager
            assert isinstance(manager, DirectRedisManager)
            await until(lambda: manager.lost == 2)
            await until(lambda: not manager.is_listening.is_set())
        finally:
            redis.start()
        await both_listen(one, other)

        await one.publish(sent(2, author="chiara"))
        assert await brunos.arrival() == {"batch": [{"seq": 2, "body": "Ciao 2"}]}


async def test_what_another_version_wrote_is_passed_over(
    pair: tuple[Server, Server], redis: RedisServer
) -> None:
    one, _ = pair
    async with one.room("ada"):
        with redis.client() as client:
            for name, text in (("a", "{"), ("b", "{}"), ("c", "[]"), ("d", '{"person":{}}')):
                client.hset("treno-chat:presence:train", name, text)
        await sweep(one)

        assert present(one) == ["ada"]


async def test_the_door_counts_who_is_in_the_other_process(pair: tuple[Server, Server]) -> None:
    one, other = pair
    async with other.room("ada"):
        await sweep(other)
        one.realtime.presence.snapshot("train")
        await sweep(one)

        assert one.realtime.presence.snapshot("train").count == 1
