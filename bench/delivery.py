"""From one person's tab to everybody else's: how late, at what cost, in how many bytes."""

import asyncio
import statistics
from collections.abc import Iterable
from dataclasses import dataclass

import uvloop

from bench.crowd import Crowd, Heard, Socket, converse, gathered
from bench.fanout import Result, measure, median
from bench.fanout_servers import Load, serve_stock
from bench.program import Program, quiet, running_program
from bench.rows import Row, percentile

LISTENERS = (100, 300)
RATE = 20
SECONDS = 5
ROUNDS = 3
# One socket may send ten frames a second: one person with four tabs open sends twenty.
SENDER_TABS = 4


@dataclass(frozen=True, kw_only=True, slots=True)
class Round:
    """A round of ours, and the bare emit's that followed it."""

    heard: Heard
    cpu_us: float
    missing: int
    stock: Result


@dataclass(frozen=True, kw_only=True, slots=True)
class _Costs:
    """What a whole message cost at one size, in milliseconds."""

    listeners: int
    ours: float
    stock: float

    @classmethod
    def of(cls, rounds: list[Round], listeners: int) -> "_Costs":
        ours = statistics.median(each.cpu_us for each in rounds)
        stock = statistics.median(each.stock.cpu_us for each in rounds)
        return cls(
            listeners=listeners, ours=ours * listeners / 1000, stock=stock * listeners / 1000
        )


def run() -> Iterable[Row]:
    """Measure at every size, in one run of the program."""
    with running_program() as program:
        yield from uvloop.run(_all_sizes(program))


async def _all_sizes(program: Program) -> list[Row]:
    rows: list[Row] = []
    costs: list[_Costs] = []
    async with gathered(program) as crowd:
        [sender] = program.world.guests(1)
        tabs = await crowd.admit([sender] * SENDER_TABS)
        others: list[Socket] = []
        for listeners in LISTENERS:
            others += await crowd.admit(program.world.guests(listeners - len(others)))
            rounds = [await _round(program, crowd, tabs, others) for _ in range(ROUNDS)]
            rows += _rows(rounds, listeners)
            costs.append(_Costs.of(rounds, listeners))
    return [*rows, *_split(*costs)]


async def _round(
    program: Program, crowd: Crowd, tabs: list[Socket], listeners: list[Socket]
) -> Round:
    await crowd.stay()
    await quiet(program)
    load = Load(listeners=len(listeners), rate=RATE, seconds=SECONDS, window=0)
    deliveries = load.messages * load.listeners
    cpu = program.cpu_seconds()
    heard = await converse(tabs, listeners, rate=RATE, seconds=SECONDS)
    cpu = program.cpu_seconds() - cpu
    # In a thread, so that the crowd goes on answering pings.
    stock = await asyncio.to_thread(measure, serve_stock, load)
    return Round(
        heard=heard,
        cpu_us=cpu / deliveries * 1e6,
        missing=deliveries - len(heard.delays),
        stock=stock,
    )


def _rows(rounds: list[Round], listeners: int) -> Iterable[Row]:
    stock = median([each.stock for each in rounds])
    at = f"{listeners} listeners, {RATE} messages/s"
    ours = statistics.median(each.cpu_us for each in rounds)
    ratio = statistics.median(each.cpu_us / each.stock.cpu_us for each in rounds)
    size = statistics.median(each.heard.bytes / max(1, len(each.heard.delays)) for each in rounds)
    yield _row(f"send to another screen, {at}, p50", f"{_late(rounds, 0.5):.1f}", "≤ 20", "ms")
    yield _row(f"send to another screen, {at}, p99", f"{_late(rounds, 0.99):.1f}", "≤ 100", "ms")
    yield _row(f"bare emit to a screen, {at}, p50", f"{stock.p50_ms:.1f}", "–", "ms")
    yield _row(f"bare emit to a screen, {at}, p99", f"{stock.p99_ms:.1f}", "–", "ms")
    yield _row(f"server CPU a delivery, {at}", f"{ours:.1f}", "–", "µs")
    yield _row(f"bare emit's CPU a delivery, {at}", f"{stock.cpu_us:.1f}", "–", "µs")
    yield _row(f"server CPU beside the bare emit's, {at}", f"{ratio:.2f}", "≤ 0.6", "×")
    yield _row(f"a message of 40 characters on the wire, {at}", f"{size:.0f}", "≤ 400", "bytes")
    missing = sum(each.missing for each in rounds)
    yield _row(f"deliveries that did not arrive, {at}", str(missing), "0", "")


def _split(few: _Costs, many: _Costs) -> Iterable[Row]:
    """Tell what every further listener costs from what a message costs before anybody hears it."""
    further = many.listeners - few.listeners
    ours = (many.ours - few.ours) / further
    stock = (many.stock - few.stock) / further
    before = few.ours - ours * few.listeners
    yield _row("server CPU a message before its deliveries", f"{before:.1f}", "–", "ms")
    yield _row("server CPU a further listener", f"{ours * 1000:.1f}", "–", "µs")
    yield _row("bare emit's CPU a further listener", f"{stock * 1000:.1f}", "–", "µs")
    yield _row("a further listener beside the bare emit's", f"{ours / stock:.2f}", "≤ 0.6", "×")


def _late(rounds: list[Round], share: float) -> float:
    return statistics.median(percentile(each.heard.delays, share) for each in rounds) * 1000


def _row(what: str, measured: str, budget: str, unit: str) -> Row:
    return Row(what=what, measured=measured, budget=budget, unit=unit)
