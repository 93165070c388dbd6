"""The description of the API tried against the API itself: what it says is what happens."""

import asyncio
import json
import sys
from asyncio.subprocess import PIPE, STDOUT
from collections.abc import AsyncGenerator
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute
from limits import RateLimitItemPerSecond

from tests.api.v1.conftest import Program
from tests.api.v1.everybody import TRAIN, fill
from tests.support.assistant import assistant_at
from tests.support.served import serving
from treno_chat.actions.limits import limits
from treno_chat.actions.limits.limits import Limits
from treno_chat.actions.limits.paced import Measure
from treno_chat.actions.transaction import Transactions
from treno_chat.api.app import create_api
from treno_chat.api.front.guard import Guard
from treno_chat.api.house import Catalogues
from treno_chat.api.v1.app import ROUTERS
from treno_chat.domain.buckets import Rate
from treno_chat.domain.places import Place
from treno_chat.domain.words import LANGUAGES
from treno_chat.locales import words_in
from treno_chat.stores.database import Database

PASSWORD = "giraffa lampone tavolo"  # noqa: S105 -- of nobody
EXAMPLES = "8"
# The kinds of data on one database, the borders of every value on the one that is stricter.
PHASES = {"sqlite": "examples,fuzzing,stateful", "postgresql": "coverage"}
# What gives or ends a session is asked apart, by cookie.
ENDINGS = ("mint_token", "end_session", "end_this_session")
OPERATIONS = sum(
    len(route.methods or ())
    for router in ROUTERS
    for route in router.routes
    if isinstance(route, APIRoute)
)
# A schema does not hold what a text means: characters that steer, an address, a cursor, a link.
EXPECTED = """
[checks.positive_data_acceptance]
expected-statuses = ["2xx", "401", "403", "404", "409", "422"]

[[operations]]
include-operation-id = "replace_password"
checks.positive_data_acceptance.expected-statuses = [400, 422]
"""
OFTEN = RateLimitItemPerSecond(10_000)
WORDS: Catalogues = {language: words_in(language) for language in LANGUAGES}


@pytest.fixture(autouse=True)
def hardly_any_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let everything be asked as often as it takes: what is refused is not tried."""
    for name in ("SIGN_INS", "MINTS", "CEREMONIES", "MAILS_HOUR", "MAILS_DAY", "FAILURES"):
        monkeypatch.setattr(limits, name, OFTEN)
    for name in ("KEEPING", "CHANGING", "ASKING"):
        often = Measure(name=name, rate=Rate(burst=10_000, per_second=1000))
        monkeypatch.setattr(limits, name, often)


@pytest.fixture
async def origin(transactions: Transactions, place: Place) -> AsyncGenerator[str]:
    """Where the API is served, with its description."""

    def make(origin: str) -> Guard:
        api: FastAPI = create_api(
            transactions,
            assistant=assistant_at(transactions),
            words=WORDS,
            limits=Limits(send_burst=10_000, sends_per_minute=10_000, entries_per_minute=10_000),
            origins=(origin,),
            default_place=place.slug,
            count_here=lambda _door: 0,
            is_ready=lambda: True,
            has_docs=True,
            has_passwords=True,
        )
        return Guard(api, origins=(origin,), words=WORDS)

    async with serving(make) as origin:
        yield origin


@pytest.fixture
async def cookie(origin: str) -> str:
    """The cookie of ada's session, who has an account."""
    form = {"email": "ada@example.org", "password": PASSWORD, "alias": "Ada", "gender": "female"}
    async with httpx.AsyncClient(base_url=origin) as client:
        made = await client.post("/api/v1/auth/register", json=form)
    assert made.status_code == 201
    return made.headers["set-cookie"].partition(";")[0]


@pytest.fixture
async def token(origin: str, cookie: str) -> str:
    """A token of ada's."""
    async with httpx.AsyncClient(base_url=origin) as client:
        headers = {"Cookie": cookie, "Origin": origin}
        answer = await client.post("/api/v1/auth/token", headers=headers)
    return str(answer.json()["access_token"])


@pytest.fixture
async def rules(origin: str, token: str, tmp_path: Path) -> Path:
    """What is tried with: what ada has, so that not everything is somebody else's or nowhere."""
    async with httpx.AsyncClient(base_url=origin) as client:
        ids = await fill(Program(client, token), place=TRAIN, word="Ciao")
    named = [
        f"{name} = {{ values = [{text if name == 'seq' else json.dumps(text)}] }}"
        for name, text in ids.items()
    ]
    bound = [f'"path.{name}" = {{ dictionary = "{name}", probability = 0.7 }}' for name in ids]
    file = tmp_path / "rules.toml"
    parts = ["[dictionaries]", *named, "[parameters]", *bound, EXPECTED]
    file.write_text("\n".join(parts), encoding="utf-8")
    return file


async def tried(origin: str, rules: Path, *more: str) -> tuple[int | None, str]:
    """Try what the description says; return the exit code, and what was found."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "schemathesis.cli", "--config-file", str(rules), "--no-color"),
        *("run", f"{origin}/api/v1/openapi.json", "--generation-deterministic"),
        *("--max-examples", EXAMPLES, "--warnings", "off", "--no-shrink", *more),
        stdout=PIPE,
        stderr=STDOUT,
        cwd=rules.parent,
    )
    said, _ = await process.communicate()
    return process.returncode, said.decode()


@pytest.mark.timeout(300)
async def test_what_the_api_says_of_itself_is_so(
    origin: str, rules: Path, token: str, database: Database
) -> None:
    named = [f"--exclude-operation-id={each}" for each in ENDINGS]
    phases = PHASES[database.engine.dialect.name]

    code, said = await tried(
        origin, rules, f"--phases={phases}", f"--header=Authorization: Bearer {token}", *named
    )

    assert code == 0, said
    assert f"{OPERATIONS - len(ENDINGS)} selected" in said


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
async def test_what_the_api_says_of_sessions_is_so(origin: str, rules: Path, cookie: str) -> None:
    named = [f"--include-operation-id={each}" for each in ENDINGS]
    headers = [f"--header=Cookie: {cookie}", f"--header=Origin: {origin}"]

    # The cookie comes along even where it is tried without one.
    without = "--exclude-checks=negative_data_rejection"
    code, said = await tried(origin, rules, "--phases=coverage", without, *headers, *named)

    assert code == 0, said
    assert f"{len(ENDINGS)} selected" in said
