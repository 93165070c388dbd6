"""What reading costs as the history grows: the newest page, an old one, the list of rooms."""

import sqlite3
import statistics
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from bench.rows import Row, percentile
from bench.world import BODY, World, sqlite_world
from treno_chat.actions.talk import messages, rooms
from treno_chat.actions.transaction import Transaction
from treno_chat.domain.door.sessions import Entered, Principal
from treno_chat.domain.ids import new_id

SIZES = (10_000, 100_000, 1_000_000)
WRITERS = 50
# Every third writer is registered, so that both ways of keeping a message are walked.
REGISTERED_EVERY = 3
ROUNDS = 3
READS = 60
PAGE_BUDGET, GROWTH_BUDGET = "≤ 10", "≤ 1.5"
Read = Callable[[Transaction], object]


def run() -> Iterable[Row]:
    """Measure at every size in one growing file; then say how much ten times the rows cost."""
    medians: dict[str, dict[int, float]] = {}
    with sqlite_world() as world:
        people, there = world.guests(WRITERS + 1), 0
        reader = people.pop()
        for size in SIZES:
            _fill(world, people, first=there + 1, last=size)
            there = size
            for name, read in _reads(world, reader.principal, size).items():
                p50, p95 = _time(world, read)
                medians.setdefault(name, {})[size] = p50
                yield _row(f"{name}, {size:,} messages, p50", f"{p50:.2f}", "–", "ms")
                yield _row(f"{name}, {size:,} messages, p95", f"{p95:.2f}", PAGE_BUDGET, "ms")
    for name, p50_at in medians.items():
        growth = p50_at[SIZES[-1]] / p50_at[SIZES[-2]]
        yield _row(f"{name}, ten times the messages", f"{growth:.2f}", GROWTH_BUDGET, "×")


def _reads(world: World, reader: Principal, size: int) -> dict[str, Read]:
    room_id, slug = world.room.id, world.place.slug
    return {
        "newest page": lambda tx: rooms.newest_page(tx, reader, room_id),
        "page in the middle": lambda tx: messages.older_page(tx, reader, room_id, size // 2),
        "list of rooms": lambda tx: rooms.list_rooms(tx, reader, slug),
    }


def _time(world: World, read: Read) -> tuple[float, float]:
    """Return the medians of the rounds' p50 and p95, in milliseconds."""
    rounds = [[_one(world, read) for _ in range(READS)] for _ in range(ROUNDS)]
    p50, p95 = (
        statistics.median(percentile(times, share) for times in rounds) for share in (0.5, 0.95)
    )
    return p50 * 1000, p95 * 1000


def _one(world: World, read: Read) -> float:
    started = time.perf_counter()
    with world.transactions.reading() as tx:
        read(tx)
    return time.perf_counter() - started


def _fill(world: World, people: list[Entered], *, first: int, last: int) -> None:
    """Add a span of messages past our own actions: a million one by one would take an hour."""
    file = str(world.transactions.database.engine.url.database)
    with closing(sqlite3.connect(file)) as db, db:
        db.execute("PRAGMA synchronous = OFF")  # of this connection only
        db.execute("PRAGMA cache_size = -262144")
        db.executemany(
            "INSERT INTO message (id, room_id, seq, rev, client_id, kind, author_id, visit_id,"
            " author_alias, author_gender, author_is_anonymous, author_is_staff, body, sent_at,"
            " expires_at) VALUES (?, ?, ?, ?, ?, 'words', ?, ?, ?, 'female', ?, 0, ?, ?, ?)",
            _rows(world, people, first=first, last=last),
        )
        db.execute(
            "UPDATE room SET last_seq = ?, last_rev = ? WHERE id = ?", (last, last, world.room.id)
        )
    with closing(sqlite3.connect(file)) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _rows(
    world: World, people: list[Entered], *, first: int, last: int
) -> Iterator[tuple[Any, ...]]:
    now = datetime.now(UTC)
    # Text as SQLAlchemy writes it, so that it compares with the times of the queries.
    sent_at, expires_at = (f"{when:%F %T.%f}" for when in (now, now + timedelta(hours=48)))
    for seq in range(first, last + 1):
        who = people[seq % len(people)].principal
        user, is_guest = who.user, bool(seq % len(people) % REGISTERED_EVERY)
        yield (
            new_id(),
            world.room.id,
            seq,
            seq,
            str(uuid4()),
            user.id,
            who.visit_id,
            user.alias,
            is_guest,
            BODY,
            sent_at,
            expires_at,
        )


def _row(what: str, measured: str, budget: str, unit: str) -> Row:
    return Row(what=what, measured=measured, budget=budget, unit=unit)
