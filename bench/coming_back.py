"""Everybody comes back at the same moment, as after a cut or a deploy: until the last is in."""

import time
from collections.abc import Iterable

import uvloop

from bench.crowd import gathered
from bench.program import Program, quiet, running_program
from bench.rows import Row, percentile

PEOPLE = 500


def run() -> Iterable[Row]:
    """Let all in, cut them off, and let all come back at once, without any jitter."""
    with running_program() as program:
        waits = uvloop.run(_waits(program))
    for share, who in ((0.5, "half of them"), (1.0, "the last of them")):
        yield Row(
            what=f"{PEOPLE} people come back at the same moment, until {who} is in the room",
            measured=f"{percentile(waits, share):.1f}",
            budget="≤ 30" if share == 1 else "–",
            unit="s",
        )


async def _waits(program: Program) -> list[float]:
    people = program.world.guests(PEOPLE)
    async with gathered(program) as crowd:
        await crowd.admit(people)
    await quiet(program)
    async with gathered(program, at_once=PEOPLE) as crowd:
        started = time.perf_counter()
        tabs = await crowd.admit(people)
        return [tab.opened_at - started for tab in tabs]
