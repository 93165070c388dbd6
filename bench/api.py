"""The API over real HTTP: a hundred at the door at once, tasks, a token, histories of a hundred."""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from secrets import token_urlsafe
from typing import Any
from uuid import uuid4

import aiohttp
import uvloop
from sqlmodel import select

from bench.program import Program, quiet, running_program
from bench.rows import Row
from bench.sign_in import PEOPLE, SESSION, late
from bench.world import World, draft
from treno_chat.actions.talk.sending import send_message
from treno_chat.stores import tables
from treno_chat.stores.other_ways import passwords

API = "/api/v1"
WORDS = "giraffa lampone tavolo"
LISTS, ROUNDS = 20, 10  # people at their lists at once, and how often each does everything
HISTORY, READS = 100, 5
DOOR_BUDGET, TASK_BUDGET, HISTORY_BUDGET = "≤ 2000", "≤ 200", "≤ 1000"
# A hundred at the door and two cores, in 2 s; twenty lists and one of them, in 200 ms.
CPU_BUDGETS = {
    "register": "≤ 40",
    "log in": "≤ 40",
    "token": "≤ 20",
    "task": "≤ 10",
    "history: room": "≤ 50",
}
Told = dict[str, Any]
Deed = Callable[["Caller", int], Awaitable[None]]


@dataclass(kw_only=True)
class Caller:
    """A program that speaks for one person, and how long each kind of call took."""

    http: aiohttp.ClientSession
    program: Program
    waits: dict[str, list[float]]
    headers: dict[str, str] = field(default_factory=dict[str, str])
    user_id: str = ""

    async def call(self, what: str, method: str, path: str, asked: Told | None = None) -> Told:
        """Ask, and note how long it took; whatever is refused ends the bench."""
        url = f"http://127.0.0.1:{self.program.port}{API}{path}"
        host = self.program.origin.removeprefix("http://")
        headers = {"Accept": "application/json", "Host": host, **self.headers}
        body = None if asked is None else json.dumps(asked)
        if body is not None:
            headers["Content-Type"] = "application/json"
        started = time.perf_counter()
        async with self.http.request(method, url, data=body, headers=headers) as answer:
            told = await answer.text()
        self.waits.setdefault(what, []).append(time.perf_counter() - started)
        if answer.status >= 400:  # noqa: PLR2004 -- HTTP's own number
            message = f"{method} {path}: {answer.status} {told}"
            raise RuntimeError(message)
        if SESSION in answer.cookies:
            self.headers = self.as_browser(f"{SESSION}={answer.cookies[SESSION].value}")
        return json.loads(told) if told else {}

    def as_browser(self, *cookies: str) -> dict[str, str]:
        """Return what a browser says, which the entry page has marked as it marks every one."""
        marked = f"__Host-treno_visitor={token_urlsafe(32)}"
        return {"Cookie": "; ".join((marked, *cookies)), "Origin": self.program.origin}

    async def gets_a_token(self) -> None:
        """Speak by a token from now on."""
        told = await self.call("token", "POST", "/auth/token")
        self.headers = {"Authorization": f"Bearer {told['access_token']}"}


def run() -> Iterable[Row]:
    """Measure in one run of the program."""
    with running_program() as program:
        waits, cpu = uvloop.run(_measure(program))
    yield from _rows(waits, cpu)


async def _measure(program: Program) -> tuple[Mapping[str, list[float]], Mapping[str, float]]:
    """Return how long each kind of call took, and what the server had to compute for it."""
    waits: dict[str, list[float]] = {}
    # Every call comes over a connection of its own: the dearest way.
    connector = aiohttp.TCPConnector(limit=0, force_close=True)
    cpu: dict[str, float] = {}
    async with aiohttp.ClientSession(
        connector=connector, cookie_jar=aiohttp.DummyCookieJar()
    ) as http:
        callers = [Caller(http=http, program=program, waits=waits) for _ in range(PEOPLE)]
        for caller in callers:
            caller.headers = caller.as_browser()
        await _all(callers, _register, "register", cpu)
        _prove_every_address(program.world)
        for caller in callers:
            caller.headers = caller.as_browser()
        await _all(callers, _log_in, "log in", cpu)
        await _all(callers, _mint, "token", cpu)
        await _all(callers[:LISTS], _keep_a_list, "task", cpu)
        _say_a_hundred_things(program.world)
        await _all(callers[:LISTS], _read_the_room, "history: room", cpu)
        await _all(callers[:LISTS], _read_a_conversation, "conversation", cpu)
    return waits, cpu


async def _all(callers: list[Caller], deed: Deed, name: str, cpu: dict[str, float]) -> None:
    """Let all of them do it at once, when the server has nothing else to do."""
    program = callers[0].program
    await quiet(program)
    before = program.cpu_seconds()
    await asyncio.gather(*(deed(caller, number) for number, caller in enumerate(callers)))
    cpu[name] = program.cpu_seconds() - before


async def _register(caller: Caller, number: int) -> None:
    account = {"email": _email(number), "password": WORDS}
    asked = {**account, "alias": f"Elsa {number}", "gender": "female"}
    await caller.call("register", "POST", "/auth/register", asked)


async def _log_in(caller: Caller, number: int) -> None:
    account = {"email": _email(number), "password": WORDS}
    told = await caller.call("log in", "POST", "/auth/login", account)
    caller.user_id = told["user"]["id"]


async def _mint(caller: Caller, _number: int) -> None:
    await caller.gets_a_token()


async def _keep_a_list(caller: Caller, _number: int) -> None:
    tasks = f"/users/{caller.user_id}/tasks"
    for each in range(ROUNDS):
        made = await caller.call("task: add", "POST", tasks, {"title": f"Latte {each}"})
        one = f"{tasks}/{made['id']}"
        await caller.call("task: list", "GET", tasks)
        await caller.call("task: read", "GET", one)
        await caller.call("task: change", "PATCH", one, {"description": "intero"})
        await caller.call("task: complete", "POST", f"{one}/complete")
        if each % 2:
            await caller.call("task: delete", "DELETE", one)


async def _read_the_room(caller: Caller, _number: int) -> None:
    await _read(caller, "room", f"/rooms/{caller.program.world.room.id}/messages")


async def _read_a_conversation(caller: Caller, _number: int) -> None:
    begun = await caller.call("conversation: begin", "POST", "/conversations", {})
    talk = f"/conversations/{begun['id']}/messages"
    for number in range(HISTORY):
        said = {"content": f"Quando arriviamo? {number}", "client_id": str(uuid4())}
        await caller.call("conversation: say", "POST", talk, said)
    await _read(caller, "conversation", talk)


async def _read(caller: Caller, what: str, messages: str) -> None:
    for _ in range(READS):
        told = await caller.call(f"history: {what}", "GET", f"{messages}?limit={HISTORY}")
        if len(told["items"]) != HISTORY:
            message = f"{len(told['items'])} messages of a {what}"
            raise RuntimeError(message)


def _prove_every_address(world: World) -> None:
    with world.transactions.writing() as tx:
        for user_id in tx.db.exec(select(tables.Password.user_id)).all():
            passwords.confirm(tx.db, user_id, at=tx.now)


def _say_a_hundred_things(world: World) -> None:
    [guest] = world.guests(1)
    for _ in range(HISTORY):
        with world.transactions.writing() as tx:
            send_message(tx, guest.principal, world.room.id, draft())


def _rows(waits: Mapping[str, list[float]], cpu: Mapping[str, float]) -> Iterable[Row]:
    for what in ("register", "log in", "token"):
        at = f"API: {what}, {PEOPLE} at once"
        yield late(f"{at}, p50", waits[what], 0.5, "–")
        yield late(f"{at}, p95", waits[what], 0.95, DOOR_BUDGET)
    for what in sorted(each for each in waits if each.startswith("task")):
        yield late(f"API: {what}, {LISTS} people, p95", waits[what], 0.95, TASK_BUDGET)
    for what in ("room", "conversation"):
        kept = f"API: history of {HISTORY} of a {what}, {LISTS} people"
        yield late(f"{kept}, p95", waits[f"history: {what}"], 0.95, HISTORY_BUDGET)
    # What two idle cores can take follows from these, however busy the machine is meanwhile.
    for what, budget in CPU_BUDGETS.items():
        calls = sum(len(each) for name, each in waits.items() if name.startswith(what))
        each = f"{cpu[what] / calls * 1000:.1f}"
        yield Row(what=f"API: {what}, server CPU a call", measured=each, budget=budget, unit="ms")


def _email(number: int) -> str:
    return f"elsa{number}@example.org"
