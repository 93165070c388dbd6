"""`doctor`: one line for each thing, and exit 1 when something must not stay."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.commands.conftest import Order
from tests.support.postgres import free_port
from treno_chat.running.checkup import service
from treno_chat.settings import Settings


def _yes(_settings: Settings) -> bool:
    return True


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look at a port that nobody uses, with the front end built."""
    port = free_port()
    monkeypatch.setenv("PORT", str(port))
    monkeypatch.setenv("PUBLIC_ORIGIN", f"http://localhost:{port}")
    monkeypatch.setattr(service, "is_built", _yes)


def test_a_deployment_in_order_is_told_so(order: Order, database_file: Path) -> None:
    database_file.parent.chmod(0o700)

    told = order("doctor")

    assert (told.code, told.err) == (0, "")
    assert all(line[:8].strip() in ("ok", "warning") for line in told.out.splitlines())


def test_what_must_not_stay_is_a_line_and_exit_1(
    order: Order, database_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database_file.parent.chmod(0o700)
    monkeypatch.setenv("EXTRA_ORIGINS", '["*"]')

    told = order("doctor")

    assert told.code == 1
    assert [line for line in told.out.splitlines() if line.startswith("FAULT")] == [
        "FAULT    EXTRA_ORIGINS names nobody (*): every origin must be written out."
    ]


def test_what_cannot_be_asked_is_said_and_the_rest_looked_at(
    order: Order, database_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(sqlite3.connect(database_file)) as db:
        (page,) = db.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'joblease'"
        ).fetchone()
        (size,) = db.execute("PRAGMA page_size").fetchone()
    with database_file.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xff" * size)
    monkeypatch.setenv("HOST", "a" * 80)
    monkeypatch.setenv("PUBLIC_ORIGIN", "http://[::1")

    told = order("doctor")

    assert (told.code, told.err) == (1, "")
    assert "the database cannot be read" in told.out
    assert told.out.splitlines()[-1].startswith("warning  nobody answers on ")


def test_a_setting_that_cannot_be_read_is_one_line(
    order: Order, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PORT", "many")

    told = order("doctor")

    assert (told.code, told.out) == (1, "")
    assert "PORT" in told.err
