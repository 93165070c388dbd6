"""What a durable send costs: from the sender to its COMMIT, without sockets."""

import asyncio
import statistics
import time
from collections.abc import Generator, Iterable
from contextlib import contextmanager

import uvloop

from bench.rows import Row, percentile
from bench.world import World, draft, open_world, sqlite_world
from tests.support.postgres import postgres_programs, running_postgres
from treno_chat.actions.limits.limits import Limits
from treno_chat.actions.talk.sender import Sender
from treno_chat.domain.door.sessions import Entered
from treno_chat.domain.ids import RoomId, new_id
from treno_chat.domain.places import Room, RoomKind
from treno_chat.running.migrations import migrate
from treno_chat.settings import Settings
from treno_chat.stores.talk import rooms

ROUNDS = 3
MESSAGES = 200
ROOMS = 20
# One person in each room, as the budget says, and a talkative carriage.
PEOPLE_EACH = (1, 5)


def run() -> Iterable[Row]:
    """One sender on SQLite, twenty rooms at once on PostgreSQL."""
    yield from _on_sqlite()
    yield from _on_postgres()


def _on_sqlite() -> Iterable[Row]:
    with sqlite_world() as world:
        times = uvloop.run(_one_sender(world))
    for name, share, budget in (("p50", 0.5, "≤ 20"), ("p95", 0.95, "–")):
        measured = statistics.median(percentile(each, share) for each in times) * 1000
        yield Row(
            what=f"durable send, SQLite FULL, one sender, {name}",
            measured=f"{measured:.1f}",
            budget=budget,
            unit="ms",
        )


def _on_postgres() -> Iterable[Row]:
    if postgres_programs() is None:
        yield Row(what="durable sends, PostgreSQL", measured="no PostgreSQL", budget="≥ 2000")
        return
    with _postgres_world() as world:
        for each in PEOPLE_EACH:
            rounds = uvloop.run(_everywhere(world, each))
            what = f"PostgreSQL, {ROOMS} rooms, {ROOMS * each} people at once"
            rate = statistics.median(rate for rate, _ in rounds)
            cpu = statistics.median(cpu for _, cpu in rounds)
            yield Row(
                what=f"durable sends, {what}",
                measured=f"{rate:.0f}",
                budget="≥ 2000",
                unit="messages/s",
            )
            yield Row(what=f"CPU a durable send, {what}", measured=f"{cpu * 1000:.2f}", unit="ms")


async def _one_sender(world: World) -> list[list[float]]:
    [ada], sender = world.guests(1), _sender(world)
    await _send(sender, ada, world.room.id, number=20)
    return [await _send(sender, ada, world.room.id, number=MESSAGES) for _ in range(ROUNDS)]


async def _everywhere(world: World, people_each: int) -> list[tuple[float, float]]:
    """Let people talk in every room at once; return messages a second and CPU a message."""
    sender, rooms_there = _sender(world), _add_rooms(world)
    people = world.guests(ROOMS * people_each)

    async def round_of(number: int) -> tuple[float, float]:
        started, cpu = time.perf_counter(), time.process_time()
        sends = (
            _send(sender, person, rooms_there[index % ROOMS], number=number)
            for index, person in enumerate(people)
        )
        sent = sum(map(len, await asyncio.gather(*sends)))
        return sent / (time.perf_counter() - started), (time.process_time() - cpu) / sent

    await round_of(5)
    return [await round_of(MESSAGES // people_each) for _ in range(ROUNDS)]


def _sender(world: World) -> Sender:
    return Sender(world.transactions, Limits(send_burst=10**6, sends_per_minute=10**6))


async def _send(sender: Sender, person: Entered, room_id: RoomId, *, number: int) -> list[float]:
    """Send one after the other; return the seconds that each took."""
    times: list[float] = []
    for _ in range(number):
        said = draft()
        started = time.perf_counter()
        await sender.send(person.principal, room_id, said)
        times.append(time.perf_counter() - started)
    return times


@contextmanager
def _postgres_world() -> Generator[World]:
    programs = postgres_programs()
    if programs is None:
        raise RuntimeError("PostgreSQL is not installed")
    with running_postgres(programs) as server:
        url = server.create("bench")
        migrate(Settings(database_url=url))
        world = open_world(url, pool_size=5)
        try:
            yield world
        finally:
            world.transactions.database.close()


def _add_rooms(world: World) -> list[RoomId]:
    added: list[RoomId] = []
    with world.transactions.writing() as tx:
        for number in range(ROOMS):
            room = Room(
                id=new_id(),
                place_id=world.place.id,
                slug=f"room-{new_id()}",
                name=f"Room {number}",
                kind=RoomKind.GENERAL,
                last_seq=0,
                last_rev=0,
            )
            rooms.add(tx.db, room, position=10 + number)
            added.append(room.id)
    return added
