"""A full carriage that talks a lot: how late its messages are, and how many it can bear."""

import math
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import uvloop

from bench.crowd import Crowd, Socket, converse, gathered
from bench.program import Program, quiet, running_program
from bench.rows import Row, percentile

PEOPLE, RATE, SECONDS, ROUNDS = 200, 50, 5, 3
CROWD, SHORT = 300, 4
# Each is tried after the one before, until one is too much.
RATES = (50, 100, 150, 200, 250, 300, 375, 450, 560)
TOO_LATE = 0.5  # seconds, of the hundredth message
ATTEMPTS = 2  # whatever else the machine does is not the server's fault
# One socket may send ten frames a second, and renews its lease besides.
PER_TAB = 8


@dataclass(frozen=True, kw_only=True, slots=True)
class _Heard:
    p50: float
    p99: float
    missing: int
    cpu_share: float
    bytes_each: float


def run() -> Iterable[Row]:
    """Measure in one run of the program."""
    with running_program() as program:
        yield from uvloop.run(_rows(program))


async def _rows(program: Program) -> list[Row]:
    async with gathered(program) as crowd:
        tabs = await crowd.admit(program.world.guests(math.ceil(RATES[-1] / PER_TAB)))
        people = await crowd.admit(program.world.guests(PEOPLE))
        rounds = [
            await _round(program, crowd, tabs, people, rate=RATE, seconds=SECONDS)
            for _ in range(ROUNDS)
        ]
        people += await crowd.admit(program.world.guests(CROWD - PEOPLE))
        highest, load = await _highest(program, crowd, tabs, people)
    return [*_latency(rounds), *_bearable(highest, load)]


async def _highest(
    program: Program, crowd: Crowd, tabs: Sequence[Socket], people: list[Socket]
) -> tuple[int, _Heard | None]:
    """Raise the rate until the hundredth message is too late; return the last that was not."""
    highest: tuple[int, _Heard | None] = (0, None)
    for rate in RATES:
        for _ in range(ATTEMPTS):
            heard = await _round(program, crowd, tabs, people, rate=rate, seconds=SHORT)
            if not heard.missing and heard.p99 < TOO_LATE:
                highest = rate, heard
                break
        else:
            break
    return highest


async def _round(
    program: Program,
    crowd: Crowd,
    tabs: Sequence[Socket],
    people: list[Socket],
    *,
    rate: int,
    seconds: float,
) -> _Heard:
    await crowd.stay()
    await quiet(program)
    cpu = program.cpu_seconds()
    speaking = list(tabs[: math.ceil(rate / PER_TAB)])
    heard = await converse(speaking, people, rate=rate, seconds=seconds)
    cpu = program.cpu_seconds() - cpu
    return _Heard(
        p50=percentile(heard.delays, 0.5),
        p99=percentile(heard.delays, 0.99),
        missing=int(rate * seconds) * len(people) - len(heard.delays),
        cpu_share=cpu / seconds,
        bytes_each=heard.bytes / max(1, len(heard.delays)),
    )


def _latency(rounds: list[_Heard]) -> Iterable[Row]:
    at = f"{PEOPLE} people, {RATE} messages/s"
    for name, late, budget in (
        ("p50", [each.p50 for each in rounds], "≤ 20"),
        ("p99", [each.p99 for each in rounds], "≤ 100"),
    ):
        measured = f"{statistics.median(late) * 1000:.1f}"
        yield Row(
            what=f"send to another screen, {at}, {name}",
            measured=measured,
            budget=budget,
            unit="ms",
        )
    share = statistics.median(each.cpu_share for each in rounds)
    yield Row(what=f"server CPU, {at}", measured=f"{share * 100:.0f}", unit="% of a core")
    missing = sum(each.missing for each in rounds)
    yield Row(what=f"deliveries that did not arrive, {at}", measured=str(missing), budget="0")


def _bearable(rate: int, load: _Heard | None) -> Iterable[Row]:
    yield Row(
        what=f"highest rate tried, {CROWD} listeners, p99 under {TOO_LATE * 1000:.0f} ms",
        measured=f"{rate}{' or more' if rate == RATES[-1] else ''}",
        budget="≥ 375",
        unit="messages/s",
    )
    if load is not None:
        share, size = f"{load.cpu_share * 100:.0f}", f"{load.bytes_each:.0f}"
        yield Row(what=f"server CPU, {CROWD} listeners, at that rate", measured=share, unit="%")
        yield Row(what=f"bytes a delivery, {CROWD} listeners, at that rate", measured=size)
