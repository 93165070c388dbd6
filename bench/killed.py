"""The server is killed again and again while people talk: what of their words is left, and when.

What was acknowledged must be stored, and nothing twice; whatever was not is said again.
"""

import asyncio
import time
from collections.abc import Iterable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from uuid import uuid4

import uvloop
from sqlalchemy import text

from bench.crowd import PATH
from bench.program import ORIGIN, running_server
from bench.rows import Row, percentile
from bench.world import World
from tests.support.server import Server
from tests.support.tab import Tab
from tests.support.talkers import newest, open_all, say, taken
from treno_chat.domain.door.sessions import Entered

KILLS = 10
PEOPLE = 20
RATE = 5  # messages a second, each
SECONDS = 3
STORED = text("SELECT client_id, seq FROM message WHERE room_id = :room ORDER BY seq")


@dataclass(kw_only=True, slots=True)
class _Toll:
    """What all the kills together did."""

    said: list[str] = field(default_factory=list[str])
    acknowledged: int = 0
    unheard: int = 0  # stored, but killed before it was acknowledged
    lost: int = 0
    screens: int = 0  # that show anything else than what is stored
    waits: list[float] = field(default_factory=list[float])


def run() -> Iterable[Row]:
    """Kill it, start it, let everybody come back and say again what was not acknowledged."""
    with running_server() as (server, world):
        toll = uvloop.run(_killed(server, world))
        stored = _stored(world)
    at = f"{KILLS} kills under {PEOPLE} people × {RATE} messages/s"
    doubled, missing = len(stored) - len(set(stored)), len(set(toll.said) - set(stored))
    yield Row(what=f"said, {at}", measured=str(len(toll.said)), unit="messages")
    yield Row(what="acknowledged before the kill", measured=str(toll.acknowledged))
    yield Row(what="stored, and killed before it was acknowledged", measured=str(toll.unheard))
    yield Row(what="acknowledged and not stored", measured=str(toll.lost), budget="0")
    yield Row(what="said and not stored in the end", measured=str(missing), budget="0")
    yield Row(what="stored twice", measured=str(doubled), budget="0")
    yield Row(what="screens that show anything else", measured=str(toll.screens), budget="0")
    for share, which in ((0.5, "median"), (1.0, "longest")):
        yield Row(
            what=f"from the kill until all are in the room again, {which}",
            measured=f"{percentile(toll.waits, share):.1f}",
            budget="≤ 10",
            unit="s",
        )


async def _killed(server: Server, world: World) -> _Toll:
    people, toll = world.guests(PEOPLE), _Toll()
    for _ in range(KILLS):
        await _round(server, world, people, toll)
    return toll


async def _round(server: Server, world: World, people: list[Entered], toll: _Toll) -> None:
    async with AsyncExitStack() as stack:
        tabs = await _admit(stack, people, server)
        words = [list[str]() for _ in tabs]
        talk = [
            asyncio.create_task(_talk(tab, words[number], wait=number / PEOPLE / RATE))
            for number, tab in enumerate(tabs)
        ]
        await asyncio.sleep(SECONDS)
        killed_at = time.perf_counter()
        await asyncio.to_thread(server.kill)
        await asyncio.gather(*talk)
    acknowledged, stored = taken(tabs), set(_stored(world))
    said = {client_id for mine in words for client_id in mine}
    toll.said += said
    toll.acknowledged += len(acknowledged)
    toll.unheard += len((stored & said) - acknowledged)
    toll.lost += len(acknowledged - stored)
    async with AsyncExitStack() as stack:
        await asyncio.to_thread(server.start)
        tabs = await _admit(stack, people, server)
        toll.waits.append(time.perf_counter() - killed_at)
        again = zip(tabs, words, strict=True)
        await asyncio.gather(*(_say_again(tab, mine, acknowledged) for tab, mine in again))
        screens, stored_now = [await newest(tab) for tab in tabs], _stored(world)
    toll.screens += sum(screen != stored_now[-len(screen) :] for screen in screens)


async def _admit(stack: AsyncExitStack, people: list[Entered], server: Server) -> list[Tab]:
    """Let all come at once, as after a loss."""
    opening = (open_all(stack, [one], server.address, PATH, origin=ORIGIN) for one in people)
    return [tab for [tab] in await asyncio.gather(*opening)]


async def _talk(tab: Tab, words: list[str], *, wait: float) -> None:
    """Go on talking until the line is gone, whether anybody answers or not; not all in step."""
    await asyncio.sleep(wait)
    while tab.client.connected:
        words.append(str(uuid4()))
        await say(tab, words[-1])
        await asyncio.sleep(1 / RATE)


async def _say_again(tab: Tab, words: list[str], acknowledged: set[str]) -> None:
    for client_id in words:
        if client_id not in acknowledged:
            await say(tab, client_id)
            await tab.outcome(client_id)


def _stored(world: World) -> list[str]:
    """Return what is stored, in its order; a hole in the order would be one that was lost."""
    with world.transactions.reading() as tx:
        rows = tx.db.connection().execute(STORED, {"room": world.room.id}).all()
    if [row.seq for row in rows] != list(range(1, len(rows) + 1)):
        raise RuntimeError("the order has a hole")
    return [row.client_id for row in rows]
