"""A rush of people with passwords while others talk, a hundred at once; and what a hash costs."""

import asyncio
import time
from collections.abc import Iterable
from dataclasses import dataclass, field

import aiohttp
import uvloop

from bench.crowd import Heard, converse, gathered
from bench.program import Program, quiet, running_program
from bench.rows import Row
from bench.sign_in import LISTENERS, PEOPLE, RATE, SECONDS, SENDER_TABS, Visitor, late
from treno_chat.actions.other_ways.password_entry import register
from treno_chat.actions.transaction import Transactions
from treno_chat.domain.door.sessions import Device
from treno_chat.domain.other_ways.hashing import Hasher
from treno_chat.domain.policy import PasswordPolicy
from treno_chat.locales import words_in
from treno_chat.stores.other_ways import passwords

WORDS = "giraffa lampone tavolo"
HASHES = 20


@dataclass(kw_only=True)
class Rush:
    """How long each person stood at the door, and who was not let in."""

    waits: list[float] = field(default_factory=list[float])
    waves: int = 0
    left_outside: int = 0


def run() -> Iterable[Row]:
    """Measure one hash alone, then the rush in one run of the program."""
    hasher, started = Hasher(PasswordPolicy()), time.perf_counter()
    for _ in range(HASHES):
        hasher.hash(WORDS)
    cost = (time.perf_counter() - started) / HASHES * 1000
    yield Row(
        what="one Argon2id hash, 19 MiB, t=2", measured=f"{cost:.0f}", budget="≤ 35", unit="ms"
    )
    with running_program() as program:
        for number in range(PEOPLE):
            _sign_up(program.world.transactions, program.world.place.slug, number)
        rush, heard = uvloop.run(_rush_while_they_talk(program))
    yield from _rows(rush, heard)


def _sign_up(transactions: Transactions, place_slug: str, number: int) -> None:
    entered = register(
        transactions,
        email=_email(number),
        password=WORDS,
        alias=f"Elsa {number}",
        gender="female",
        place_slug=place_slug,
        device=Device(address="192.0.2.7", user_agent="a bench"),
        words=words_in("en"),
        current=None,
    )
    with transactions.writing() as tx:
        passwords.confirm(tx.db, entered.principal.user.id, at=tx.now)


async def _rush_while_they_talk(program: Program) -> tuple[Rush, Heard]:
    """Let one wave follow the other for as long as the conversation lasts."""
    rush = Rush()
    connector = aiohttp.TCPConnector(limit=0, force_close=True)
    async with (
        gathered(program) as crowd,
        aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar()) as browser,
    ):
        [sender] = program.world.guests(1)
        tabs = await crowd.admit([sender] * SENDER_TABS)
        listeners = await crowd.admit(program.world.guests(LISTENERS))
        await quiet(program)
        talk = asyncio.create_task(converse(tabs, listeners, rate=RATE, seconds=SECONDS))
        while not talk.done():
            await _wave(rush, [Visitor(browser, program) for _ in range(PEOPLE)])
        return rush, await talk


async def _wave(rush: Rush, visitors: list[Visitor]) -> None:
    rush.waves += 1
    await asyncio.gather(
        *(each.come_back(_email(number), WORDS) for number, each in enumerate(visitors))
    )
    rush.waits += [each.waited for each in visitors]
    rush.left_outside += sum(not each.is_in for each in visitors)


def _rows(rush: Rush, heard: Heard) -> Iterable[Row]:
    what = f"sign-in by password, {PEOPLE} at once"
    yield late(f"{what}, p50", rush.waits, 0.5, "–")
    yield late(f"{what}, p95", rush.waits, 0.95, "≤ 2000")
    talk = f"{LISTENERS} people, {RATE} messages/s, meanwhile"
    yield late(f"send to another screen, {talk}, p50", heard.delays, 0.5, "–")
    yield late(f"send to another screen, {talk}, p99", heard.delays, 0.99, "< 1000")
    missing = RATE * SECONDS * LISTENERS - len(heard.delays)
    yield Row(what=f"deliveries that did not arrive, {talk}", measured=str(missing), budget="0")
    outside = f"people left outside, {rush.waves} waves of {PEOPLE} by password"
    yield Row(what=outside, measured=str(rush.left_outside), budget="0")


def _email(number: int) -> str:
    return f"elsa{number}@example.org"
