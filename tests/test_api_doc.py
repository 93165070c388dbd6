"""The page for developers: its examples run as they stand, and answer what stands below them."""

import asyncio
import json
import os
import re
import shutil
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncGenerator, Iterator
from pathlib import Path
from typing import Any, cast

import pytest

from tests.support.assistant import assistant_at
from tests.support.served import serving
from treno_chat.actions.limits import limits
from treno_chat.actions.limits.limits import Limits
from treno_chat.actions.operations.places import make_demo_place
from treno_chat.actions.transaction import Transactions
from treno_chat.api.app import create_api
from treno_chat.api.front.guard import MAX_BODY, Guard
from treno_chat.api.house import Catalogues
from treno_chat.api.v1.shapes import MAX_LIMIT
from treno_chat.domain.words import LANGUAGES
from treno_chat.locales import words_in

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs/api.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
CATALOGUES: Catalogues = {language: words_in(language) for language in LANGUAGES}
END = "\x1e"


def examples() -> Iterator[tuple[str, str, str | None]]:
    """Yield every example: its language, itself, and what stands below as its answer."""
    blocks = BLOCK.findall(PAGE)
    for (kind, text), (next_kind, answer) in zip(blocks, [*blocks[1:], ("", "")], strict=True):
        if kind in ("sh", "python"):
            yield kind, text, answer if next_kind in ("json", "text") else None


@pytest.fixture
async def origin(transactions: Transactions) -> AsyncGenerator[str]:
    """Where a house is served."""
    with transactions.writing() as tx:
        place = make_demo_place(tx)

    def make(origin: str) -> Guard:
        api = create_api(
            transactions,
            assistant=assistant_at(transactions),
            words=CATALOGUES,
            limits=Limits(),
            origins=(origin,),
            default_place=place.slug,
            count_here=lambda _door: 0,
            is_ready=lambda: True,
            has_passwords=True,
        )
        return Guard(api, origins=(origin,), words=CATALOGUES)

    async with serving(make) as origin:
        yield origin


@pytest.fixture
def shell() -> None:
    """What the examples are written for."""
    missing = [name for name in ("bash", "curl", "sed") if shutil.which(name) is None]
    if missing and os.environ.get("CI"):
        pytest.fail(f"missing: {missing}")
    if missing:
        pytest.skip(f"not installed: {missing}")


@pytest.mark.usefixtures("shell")
async def test_the_examples_answer_what_stands_below_them(origin: str, tmp_path: Path) -> None:
    script = "\n".join(_run(kind, text, tmp_path) for kind, text, _ in examples())
    paths = {"PYTHONPATH": str(ROOT / "tests/support"), "PATH": os.environ["PATH"]}

    process = await asyncio.create_subprocess_exec(
        *("bash", "-euo", "pipefail", "-c", script.replace("http://localhost:3000", origin)),
        stdout=PIPE,
        stderr=PIPE,
        cwd=tmp_path,
        env=paths,
    )
    said, faults = await process.communicate()

    assert (process.returncode, faults.decode()) == (0, "")
    answers = said.decode().split(END)[:-1]
    for (_, text, expected), answer in zip(examples(), answers, strict=True):
        if expected is not None:
            assert _like(answer, expected), f"{text}\n{answer}"


def test_there_are_examples_of_everything() -> None:
    shown = "".join(text for _, text, _ in examples())

    for path in ("/auth/token", "/users/me", "/rooms/", "/conversations", "/tasks", "/auth/logout"):
        assert path in shown
    assert "Client(" in shown


def test_the_limits_are_those_that_hold() -> None:
    asking = limits.ASKING.by_person
    assert asking is not None
    keeping, sending = limits.KEEPING.rate, Limits.__init__.__kwdefaults__ or {}

    assert f"{sending['send_burst']} at once, then {sending['sends_per_second']} a second" in PAGE
    assert f"; {sending['sends_per_minute']} a minute by person" in PAGE
    assert f"{keeping.burst} at once, then {keeping.per_second:g} a second" in PAGE
    assert f"questions to the assistant, by person | {asking.amount} a minute" in PAGE
    assert f"tokens, by session | {limits.MINTS.amount} a minute" in PAGE
    assert f"| {limits.SIGN_INS.amount} a minute; after {limits.FAILURES.amount} failures" in PAGE
    assert f"| {limits.MAILS_HOUR.amount} an hour, {limits.MAILS_DAY.amount} a day" in PAGE
    assert f"1 to {MAX_LIMIT};" in PAGE
    assert f"over {MAX_BODY // 1024} KiB" in PAGE


def _run(kind: str, text: str, folder: Path) -> str:
    """Return the shell's words for an example, and for its end."""
    if kind == "python":
        (folder / "example.py").write_text(text, encoding="utf-8")
        text = f'TRENO="$TRENO" TOKEN="$TOKEN" {sys.executable} example.py'
    return f"{text}\nprintf '\\036'\n"


def _like(answer: str, expected: str) -> bool:
    if not expected.startswith("{"):
        return answer == expected
    return _fits(json.loads(answer.strip().splitlines()[-1]), json.loads(expected))


def _fits(told: Any, shown: Any) -> bool:  # noqa: ANN401 -- whatever JSON can be
    """Say whether an answer is what was shown, with anything for `…`."""
    if shown == "…":
        return told is not None
    if isinstance(shown, dict):
        parts = cast("dict[str, Any]", shown)
        return told.keys() == parts.keys() and all(_fits(told[name], parts[name]) for name in parts)
    if isinstance(shown, list):
        items = cast("list[Any]", shown)
        return len(told) == len(items) and all(map(_fits, told, items))
    return told == shown
