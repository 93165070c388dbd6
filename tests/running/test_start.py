"""Starting: what is not in order is one line on stderr, and exit 1."""

import signal
import socket
import sqlite3
from collections.abc import Generator
from contextlib import closing
from pathlib import Path

import pytest

from tests.support.postgres import free_port
from treno_chat.__main__ import main
from treno_chat.running.migrations import migrate
from treno_chat.settings import Settings


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Generator[Path]:
    """A data folder and a free port, told by the environment."""
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    monkeypatch.setenv("PORT", str(free_port()))
    for name in ("DATABASE_URL", "MIGRATION_DATABASE_URL", "TRENO_ENV", "TRENO_SECRET"):
        monkeypatch.setenv(name, "")
    handlers = {each: signal.getsignal(each) for each in (signal.SIGINT, signal.SIGTERM)}
    yield tmp_path
    for each, handler in handlers.items():
        signal.signal(each, handler)


def _refusal(step: str, capfd: pytest.CaptureFixture[str]) -> str:
    """Return the one line that a step says no with."""
    assert main([step]) == 1
    lines = capfd.readouterr().err.splitlines()
    assert len(lines) == 1
    return lines[0]


def test_migrating_a_fresh_folder_makes_the_database(data: Path) -> None:
    assert main(["migrate"]) == 0

    assert (data / "treno.db").is_file()


@pytest.mark.parametrize("step", ["run", "serve"])
def test_a_busy_port_is_said(
    step: str,
    data: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        monkeypatch.setenv("PORT", port)

        assert f"Port {port}" in _refusal(step, capfd)


def test_an_unreachable_database_is_said_without_its_password(
    data: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    url = f"postgresql://treno:hush@localhost:{free_port()}/treno"
    monkeypatch.setenv("DATABASE_URL", url)

    line = _refusal("run", capfd)

    assert "cannot be reached" in line
    assert "hush" not in line


def test_a_database_of_no_known_kind_is_said(
    data: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", "no database at all")

    assert "DATABASE_URL" in _refusal("migrate", capfd)


def test_a_revision_from_the_future_is_said(data: Path, capfd: pytest.CaptureFixture[str]) -> None:
    migrate(Settings())
    with closing(sqlite3.connect(data / "treno.db")) as db, db:
        db.execute("UPDATE alembic_version SET version_num = 'tomorrow'")
    capfd.readouterr()

    for step in ("run", "serve"):
        assert "revision tomorrow" in _refusal(step, capfd)


def test_serving_wants_a_migrated_database(data: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert "There is no database at" in _refusal("serve", capfd)
    (data / "treno.db").touch()
    assert "revision none" in _refusal("serve", capfd)


@pytest.mark.parametrize(
    ("secret", "origin", "said"),
    [
        ("", "https://treno.example", "needs TRENO_SECRET"),
        ("short", "https://treno.example", "too short"),
        ("q8Zr2mX0vK5tB7nW1yL4cJ9dF6hS3gPa", "http://treno.example", "https://"),
    ],
)
def test_production_wants_a_secret_and_https(
    *,
    secret: str,
    origin: str,
    said: str,
    data: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("TRENO_ENV", "production")
    monkeypatch.setenv("TRENO_SECRET", secret)
    monkeypatch.setenv("PUBLIC_ORIGIN", origin)

    assert said in _refusal("serve", capfd)


def test_a_setting_that_cannot_be_taken_is_named(
    data: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PORT", "many")

    assert "PORT" in _refusal("run", capfd)
