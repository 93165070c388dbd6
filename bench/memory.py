"""What an idle connection keeps of the server's memory: a tab in the room, nobody talking."""

from collections.abc import Iterable

import uvloop

from bench.crowd import gathered
from bench.program import Program, quiet, running_program
from bench.rows import Row

# These came before: what the first of everything costs is not the connections'.
BEFORE = 100
IDLE = 300


def run() -> Iterable[Row]:
    """Compare the server's memory before and after the idle ones came."""
    with running_program() as program:
        kilobytes = uvloop.run(_kilobytes_each(program))
    yield Row(
        what=f"memory of an idle connection, {IDLE} more after {BEFORE}",
        measured=f"{kilobytes:.0f}",
        budget="≤ 100",
        unit="KB",
    )


async def _kilobytes_each(program: Program) -> float:
    async with gathered(program) as crowd:
        await crowd.admit(program.world.guests(BEFORE))
        await quiet(program)
        before = program.resident_bytes()
        await crowd.admit(program.world.guests(IDLE))
        await quiet(program)
        return (program.resident_bytes() - before) / IDLE / 1000
