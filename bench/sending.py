"""What a durable send costs: the action with its COMMIT, without sockets."""

import statistics
import time
from collections.abc import Generator, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from bench.rows import Row, percentile
from bench.world import World, draft, open_world, sqlite_world
from tests.support.postgres import postgres_programs, running_postgres
from treno_chat.actions.sending import send_message
from treno_chat.domain.ids import RoomId, new_id
from treno_chat.domain.places import Room, RoomKind
from treno_chat.domain.sessions import Principal
from treno_chat.running.migrations import migrate
from treno_chat.settings import Settings
from treno_chat.stores import rooms

ROUNDS = 3
MESSAGES = 200
WRITERS = 20
MESSAGES_EACH = 50


def run() -> Iterable[Row]:
    """One sender on SQLite, twenty rooms on PostgreSQL."""
    yield from _on_sqlite()
    yield from _on_postgres()


def _on_sqlite() -> Iterable[Row]:
    with sqlite_world() as world:
        [ada] = world.guests(1)
        _send(world, ada.principal, world.room.id, number=20)
        rounds = [
            _send(world, ada.principal, world.room.id, number=MESSAGES) for _ in range(ROUNDS)
        ]
    for name, share, budget in (("p50", 0.5, "≤ 20"), ("p95", 0.95, "–")):
        measured = statistics.median(percentile(times, share) for times in rounds) * 1000
        yield Row(
            what=f"durable send, SQLite FULL, one sender, {name}",
            measured=f"{measured:.1f}",
            budget=budget,
            unit="ms",
        )


def _on_postgres() -> Iterable[Row]:
    what = f"durable sends, PostgreSQL, {WRITERS} rooms, {WRITERS} threads of one process"
    if postgres_programs() is None:
        yield Row(what=what, measured="no PostgreSQL", budget="≥ 2000", unit="messages/s")
        return
    with _postgres_world() as world:
        people = [entered.principal for entered in world.guests(WRITERS)]
        places = _add_rooms(world)
        _send_everywhere(world, people, places, number=10)
        rates = [
            _send_everywhere(world, people, places, number=MESSAGES_EACH) for _ in range(ROUNDS)
        ]
    yield Row(
        what=what, measured=f"{statistics.median(rates):.0f}", budget="≥ 2000", unit="messages/s"
    )


@contextmanager
def _postgres_world() -> Generator[World]:
    programs = postgres_programs()
    if programs is None:
        raise RuntimeError("PostgreSQL is not installed")
    with running_postgres(programs) as server:
        url = server.create("bench")
        migrate(Settings(database_url=url))
        world = open_world(url, pool_size=WRITERS)
        try:
            yield world
        finally:
            world.transactions.database.close()


def _add_rooms(world: World) -> list[RoomId]:
    added: list[RoomId] = []
    with world.transactions.writing() as tx:
        for number in range(WRITERS):
            room = Room(
                id=new_id(),
                place_id=world.place.id,
                slug=f"room-{number}",
                name=f"Room {number}",
                kind=RoomKind.GENERAL,
                last_seq=0,
                last_rev=0,
            )
            rooms.add(tx.db, room, position=10 + number)
            added.append(room.id)
    return added


def _send_everywhere(
    world: World, people: list[Principal], places: list[RoomId], *, number: int
) -> float:
    """Let everybody send in a room of their own at once; return the messages a second."""
    started = time.perf_counter()
    with ThreadPoolExecutor(WRITERS) as threads:
        sending = [
            threads.submit(_send, world, person, room_id, number=number)
            for person, room_id in zip(people, places, strict=True)
        ]
        sent = sum(len(each.result()) for each in sending)
    return sent / (time.perf_counter() - started)


def _send(world: World, person: Principal, room_id: RoomId, *, number: int) -> list[float]:
    """Send one after the other; return the seconds that each took."""
    times: list[float] = []
    for _ in range(number):
        said = draft()
        started = time.perf_counter()
        with world.transactions.writing(in_turn=room_id) as tx:
            send_message(tx, person, room_id, said)
        times.append(time.perf_counter() - started)
    return times
