"""The program as `make run` starts it, in a process of its own, watched from outside."""

import asyncio
import os
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.world import SECRET, World, open_world
from tests.support.journeys import sqlite_url
from tests.support.postgres import free_port
from tests.support.server import USUAL_PORT, Server

# Many people at one address who never tire: everything else is as in production.
RAISED = {
    "SEND_BURST": "10000",
    "SEND_PER_MINUTE": "10000",
    "CONNECTIONS_PER_ADDRESS": "5000",
    "ENTRIES_PER_MINUTE": "100000",
}
ORIGIN = f"http://localhost:{USUAL_PORT}"
# It counts as idle under this share of a core: what jobs and pings need.
QUIET_SECONDS, QUIET_SHARE, QUIET_ATTEMPTS = 0.5, 0.1, 40
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, kw_only=True, slots=True)
class Program:
    """A running program; `origin` is the one that its pages were built for."""

    origin: str
    port: int
    pid: int
    world: World

    def cpu_seconds(self) -> float:
        """Return the processor time that its process has used, the kernel's part included."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def resident_bytes(self) -> int:
        """Return the memory that its process occupies."""
        pages = int(Path(f"/proc/{self.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE")


async def quiet(program: Program) -> None:
    """Wait until it has done what it was asked, at most for a while."""
    for _ in range(QUIET_ATTEMPTS):
        before = program.cpu_seconds()
        await asyncio.sleep(QUIET_SECONDS)
        if program.cpu_seconds() - before <= QUIET_SECONDS * QUIET_SHARE:
            return


@contextmanager
def running_program() -> Generator[Program]:
    """Start the program on a free port with an empty database, and stop it at the end."""
    with running_server() as (server, world):
        yield Program(origin=ORIGIN, port=server.port, pid=server.pid, world=world)


@contextmanager
def running_server() -> Generator[tuple[Server, World]]:
    """Start what may be killed and started again, and the way to the database beside it.

    The origin is written into the built pages: it stays the journeys' own, so that one build
    serves both. Whoever connects says that origin and comes to the port all the same.
    """
    with tempfile.TemporaryDirectory(prefix="treno-bench-") as folder:
        settings = {**RAISED, "PUBLIC_ORIGIN": ORIGIN, "TRENO_SECRET": SECRET}
        data, url = Path(folder), sqlite_url(Path(folder))
        server = Server(port=free_port(), data=data, database_url=url, settings=settings)
        server.start()
        world = open_world(url)
        try:
            yield server, world
        finally:
            world.transactions.database.close()
            server.stop()
