"""A rush at the door while people talk: a hundred at once, then a hundred of each kind."""

import asyncio
import json
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from secrets import token_urlsafe
from typing import Any
from urllib.parse import urlencode

import aiohttp
import uvloop

from bench.crowd import Heard, converse, gathered
from bench.program import Program, quiet, running_program
from bench.rows import Row, percentile
from tests.support.accounts import sign_up
from tests.support.authenticator import Authenticator, Lie

PEOPLE = 100
# Of each kind, passkeys and guests.
SIZES = (50, PEOPLE)
LISTENERS, RATE, SECONDS = 50, 20, 10
SENDER_TABS = 4  # one socket may send ten frames a second
JSON, FORM = "application/json", "application/x-www-form-urlencoded"
OPTIONS, VERIFY = "/auth/passkeys/login/options", "/auth/passkeys/login/verify"
SESSION = "__Host-treno_session"


@dataclass(kw_only=True)
class Rush:
    """How long each person stood at the door, and who was not let in."""

    sign_ins: list[float] = field(default_factory=list[float])
    entries: list[float] = field(default_factory=list[float])
    waves: int = 0
    cpu: float = 0.0
    left_outside: int = 0


class Visitor:
    """A browser that the entry page has marked, as it marks every one."""

    def __init__(self, browser: aiohttp.ClientSession, program: Program) -> None:
        self.waited = 0.0
        self._browser = browser
        self._program = program
        self._cookies = {"__Host-treno_visitor": token_urlsafe(32)}

    @property
    def is_in(self) -> bool:
        """Say whether a session was handed over."""
        return SESSION in self._cookies

    async def sign_in(self, key: Authenticator) -> None:
        """Come back by a passkey; what the authenticator needs is not waiting for the server."""
        options = await self._post(OPTIONS, JSON, "{}")
        answer = key.get(options, Lie(origin=self._program.origin))
        await self._post(VERIFY, JSON, json.dumps({"credential": answer}))

    async def enter(self, alias: str) -> None:
        """Come in as a guest."""
        await self._post("/auth/enter", FORM, urlencode({"alias": alias, "gender": "other"}))

    async def come_back(self, email: str, password: str) -> None:
        """Come back by an address and a password."""
        body = json.dumps({"email": email, "password": password})
        await self._post("/auth/password/login", JSON, body)

    async def _post(self, path: str, media_type: str, body: str) -> dict[str, Any]:
        headers = {
            "Accept": JSON,
            "Content-Type": media_type,
            "Origin": self._program.origin,
            "Host": self._program.origin.removeprefix("http://"),
            "Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items()),
        }
        url = f"http://127.0.0.1:{self._program.port}{path}"
        started = time.perf_counter()
        async with self._browser.post(url, data=body, headers=headers) as response:
            told = await response.json()
        self.waited += time.perf_counter() - started
        self._cookies |= {name: each.value for name, each in response.cookies.items()}
        return told


def run() -> Iterable[Row]:
    """Measure in one run of the program."""
    with running_program() as program:
        keys = [Authenticator() for _ in range(PEOPLE)]
        for number, key in enumerate(keys):
            sign_up(program.world.transactions, key, alias=f"Dora {number}")
        for size in SIZES:
            yield from _rows(size, *uvloop.run(_rush_while_they_talk(program, keys[:size])))


async def _rush_while_they_talk(program: Program, keys: list[Authenticator]) -> tuple[Rush, Heard]:
    """Let one wave follow the other for as long as the conversation lasts."""
    rush = Rush()
    # Everybody comes over a connection of their own.
    connector = aiohttp.TCPConnector(limit=0, force_close=True)
    async with (
        gathered(program) as crowd,
        aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar()) as browser,
    ):
        [sender] = program.world.guests(1)
        tabs = await crowd.admit([sender] * SENDER_TABS)
        listeners = await crowd.admit(program.world.guests(LISTENERS))
        await quiet(program)
        cpu = program.cpu_seconds()
        talk = asyncio.create_task(converse(tabs, listeners, rate=RATE, seconds=SECONDS))
        while not talk.done():
            await _wave(rush, [Visitor(browser, program) for _ in range(2 * len(keys))], keys)
        rush.cpu = program.cpu_seconds() - cpu
        return rush, await talk


async def _wave(rush: Rush, visitors: list[Visitor], keys: list[Authenticator]) -> None:
    owners, guests = visitors[: len(keys)], visitors[len(keys) :]
    rush.waves += 1
    await asyncio.gather(
        *(visitor.sign_in(key) for visitor, key in zip(owners, keys, strict=True)),
        *(guest.enter(f"Ada {len(keys)} {rush.waves} {n}") for n, guest in enumerate(guests)),
    )
    rush.sign_ins += [each.waited for each in owners]
    rush.entries += [each.waited for each in guests]
    rush.left_outside += sum(not each.is_in for each in visitors)


def _rows(size: int, rush: Rush, heard: Heard) -> Iterable[Row]:
    at = f"{size} sign-ins and {size} entries at once"
    for what, waits in (("sign-in by passkey", rush.sign_ins), ("entry", rush.entries)):
        yield late(f"{what}, {at}, p50", waits, 0.5, "–")
        yield late(f"{what}, {at}, p95", waits, 0.95, "≤ 2000")
    talk = f"{LISTENERS} people, {RATE} messages/s, with {size} of each"
    yield late(f"send to another screen, {talk}, p50", heard.delays, 0.5, "–")
    yield late(f"send to another screen, {talk}, p99", heard.delays, 0.99, "< 1000")
    missing = RATE * SECONDS * LISTENERS - len(heard.delays)
    yield Row(what=f"deliveries that did not arrive, {talk}", measured=str(missing), budget="0")
    cpu = f"{rush.cpu / rush.waves:.1f}"
    yield Row(what=f"server CPU a wave of {2 * size}, the talk included", measured=cpu, unit="s")
    outside = f"people left outside, {rush.waves} waves of {2 * size}"
    yield Row(what=outside, measured=str(rush.left_outside), budget="0")


def late(what: str, waits: list[float], share: float, budget: str) -> Row:
    """Return a row of how long was waited, in milliseconds."""
    measured = f"{percentile(waits, share) * 1000:.0f}"
    return Row(what=what, measured=measured, budget=budget, unit="ms")
