"""What readers who do not read cost: the server's memory, and how late the others hear.

They answer pings, as no page that hangs does: only what piles up for them lets the server cut them.
"""

import asyncio
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field

import aiohttp
import uvloop

from bench.crowd import Crowd, Socket, converse, gathered
from bench.program import Program, quiet, running_program
from bench.rows import Row, percentile
from bench.world import BODY

RATE = 50
SECONDS = 120
# After so long pages renew their leases.
PIECE = 20
LISTENERS = 50
# One socket may send ten frames a second.
SENDER_TABS = 8
STUCK = 20
PONG_SECONDS = 5
DRAIN_SECONDS = 30
# What their side of the line takes in; the kernel would otherwise keep megabytes for them.
RECEIVED = 16 * 1024
# As long as a message may be: short ones would all fit into the buffers of the line.
TEXT = BODY * 25


@dataclass(kw_only=True, slots=True)
class _Talk:
    """How late the listeners heard, and how much more memory was in use at most."""

    delays: list[float] = field(default_factory=list[float])
    grown: int = 0

    def late(self, share: float) -> str:
        return f"{percentile(self.delays, share) * 1000:.1f}"


def run() -> Iterable[Row]:
    """Let them talk for two minutes while all read, and for as long while some do not any more."""
    with running_program() as program:
        alone, beside, cut = uvloop.run(_both(program))
    at = f"{RATE} messages/s of {len(TEXT)} characters, {SECONDS} s"
    for talk, who, budget in (
        (alone, f"all {LISTENERS + STUCK} reading", "–"),
        (beside, f"{STUCK} of them not", "as before"),
    ):
        for share, name in ((0.5, "p50"), (0.99, "p99")):
            what = f"send to another screen, {at}, {who}, {name}"
            yield Row(what=what, measured=talk.late(share), budget=budget, unit="ms")
    yield _memory(f"more memory, {at}, all {LISTENERS + STUCK} reading", alone, "–")
    yield _memory(f"more memory, {at}, {STUCK} of them not", beside, "< 50")
    yield Row(what=f"of {STUCK} who do not read, cut off", measured=str(cut), budget=str(STUCK))


async def _both(program: Program) -> tuple[_Talk, _Talk, int]:
    async with gathered(program) as crowd, gathered(program) as stuck:
        tabs = await crowd.admit(program.world.guests(1) * SENDER_TABS)
        listeners = await crowd.admit(program.world.guests(LISTENERS))
        hanging = await stuck.admit(program.world.guests(STUCK))
        alone = await _talk(program, crowd, tabs, listeners)
        for each in hanging:
            each.stop_reading(buffer=RECEIVED)
        pongs = [asyncio.create_task(_stay_alive(socket)) for socket in hanging]
        beside = await _talk(program, crowd, tabs, listeners)
        for pong in pongs:
            pong.cancel()
        return alone, beside, sum(await asyncio.gather(*map(_is_cut, hanging)))


async def _talk(
    program: Program, crowd: Crowd, tabs: list[Socket], listeners: list[Socket]
) -> _Talk:
    talk = _Talk()
    await quiet(program)
    watch = asyncio.create_task(_watch(program, talk))
    for _ in range(SECONDS // PIECE):
        await crowd.stay()
        heard = await converse(tabs, listeners, rate=RATE, seconds=PIECE, text=TEXT)
        talk.delays += heard.delays
    watch.cancel()
    return talk


async def _watch(program: Program, talk: _Talk) -> None:
    before = program.resident_bytes()
    while True:
        await asyncio.sleep(1)
        talk.grown = max(talk.grown, program.resident_bytes() - before)


async def _stay_alive(socket: Socket) -> None:
    with suppress(aiohttp.ClientConnectionError):
        while True:
            await socket.websocket.send_str("3")
            await asyncio.sleep(PONG_SECONDS)


async def _is_cut(socket: Socket) -> bool:
    """Read what was left on the line; whoever was not cut comes to no end."""
    with suppress(TimeoutError):
        async with asyncio.timeout(DRAIN_SECONDS):
            async for _ in socket.websocket:
                pass
            return True
    return False


def _memory(what: str, talk: _Talk, budget: str) -> Row:
    return Row(what=what, measured=f"{talk.grown / 1e6:.1f}", budget=budget, unit="MB")
