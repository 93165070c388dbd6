"""The command line itself: exit codes, and one clear line where something is not in order."""

import sqlite3
from dataclasses import replace
from pathlib import Path
from unittest.mock import Mock

import pytest

from tests.commands.conftest import SECRET, Order
from treno_chat.actions import jobs
from treno_chat.actions.jobs import JOBS
from treno_chat.stores.database import Database


def test_seeding_twice_is_once(order: Order, database_file: Path) -> None:
    first, again = order("places", "seed"), order("places", "seed")

    assert first == again
    assert first.code == 0
    assert first.out == "Treno Lucca–Aulla is there: /p/treno-lucca-aulla\n"


def test_jobs_run_when_they_are_due(order: Order, database_file: Path) -> None:
    first, again = order("jobs", "run"), order("jobs", "run")

    assert (first.code, again.code) == (0, 0)
    named = [line.partition(":")[0] for line in first.out.splitlines()]
    assert named == [job.name for job in JOBS]
    assert again.out == "Nothing is due.\n"


def test_a_job_that_fails_is_a_line_and_exit_1(
    order: Order, database_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    well, ill = JOBS[-1], replace(JOBS[0], run=Mock(side_effect=ZeroDivisionError))
    monkeypatch.setattr(jobs, "JOBS", (ill, well))

    told = order("jobs", "run")

    assert told.code == 1
    assert [line.partition(":")[0] for line in told.out.splitlines()] == [ill.name, well.name]
    assert told.out.startswith(f"{ill.name}: FAILED")


def test_migrating_makes_an_empty_database_ready(order: Order, clean_environment: Path) -> None:
    before = order("places", "seed")
    assert before.code == 1

    assert order("migrate").code == 0

    assert order("places", "seed").code == 0


def test_a_database_without_tables_or_of_another_program_is_one_line(
    order: Order, database_file: Path
) -> None:
    assert order("jobs", "run").code == 0
    with sqlite3.connect(database_file) as db:
        db.execute("UPDATE alembic_version SET version_num = 'of-tomorrow'")
    db.close()

    refused = [order("jobs", "run"), order("migrate")]

    assert [told.code for told in refused] == [1, 1]
    assert all("of-tomorrow" in told.err and told.err.count("\n") == 1 for told in refused)


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://treno:hush-hush@127.0.0.1:1/treno",
        "postgres://treno:hush-hush@127.0.0.1/treno",
        "mysql://treno:hush-hush@127.0.0.1/treno",
        "postgresql://treno:hush-hush@127.0.0.1:port/treno",
        "sqlite://",
        "sqlite:///file:hush-hush.db?uri=true",
        "hush-hush",
    ],
)
def test_a_database_that_is_not_there_is_one_line_without_its_password(
    order: Order, monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    monkeypatch.setenv("DATABASE_URL", url)

    for command in (("jobs", "run"), ("migrate",), ("backup", "file")):
        told = order(*command)
        assert (told.code, told.out) == (1, "")
        assert told.err.count("\n") == 1
        assert "hush-hush" not in told.err


def test_a_database_that_is_busy_is_one_line(
    order: Order, database_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("treno_chat.stores.database.BUSY_TIMEOUT_MS", 10)
    other = Database(f"sqlite:///{database_file}")

    with other.writing():
        told = order("places", "seed")
    other.close()

    assert (told.code, told.out) == (1, "")
    assert told.err == "The database cannot do it: database is locked\n"


def test_no_command_makes_a_database_where_none_is(order: Order, clean_environment: Path) -> None:
    told = order("places", "list")

    assert (told.code, told.out) == (1, "")
    file = clean_environment / "data" / "treno.db"
    assert told.err.startswith(f"There is no database at {file}: ")
    assert not file.exists()


def test_a_file_that_is_no_database_is_one_line(order: Order, database_file: Path) -> None:
    database_file.write_bytes(b"words " * 1000)

    for command in (("users", "list"), ("keys", "rotate"), ("migrate",)):
        told = order(*command)
        assert (told.code, told.out, told.err.count("\n")) == (1, "", 1)
        assert "file is not a database" in told.err
    assert "file is not a database" in order("doctor").out


@pytest.mark.parametrize(
    ("name", "value"),
    [("PORT", f"no-port {SECRET}"), ("EXTRA_ORIGINS", f"no list {SECRET}")],
)
def test_a_wrong_setting_is_named_and_its_value_is_not(
    order: Order, database_file: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    assert order("places", "seed").code == 0
    monkeypatch.setenv(name, value)

    told = order("places", "seed")

    assert (told.code, told.out) == (1, "")
    assert name in told.err.upper()
    assert told.err.count("\n") == 1


def test_settings_that_cannot_be_read_are_one_line(
    order: Order, database_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TRENO_SECRET")
    own, env = database_file.parent / "secrets.json", Path(".env")
    own.write_text("")
    without_secret = order("places", "list")
    own.unlink()
    env.write_bytes("# caffè".encode("latin-1"))
    in_other_letters = order("places", "list")

    for told, named in ((without_secret, str(own)), (in_other_letters, ".env")):
        assert (told.code, told.out, told.err.count("\n")) == (1, "", 1)
        assert told.err.startswith(f"A setting cannot be read: {named} ")


def test_production_without_its_secret_is_one_line(
    order: Order, database_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRENO_ENV", "production")
    monkeypatch.delenv("TRENO_SECRET")

    told = order("places", "seed")

    assert told.code == 1
    assert "TRENO_SECRET" in told.err
    assert not (database_file.parent / "secrets.json").exists()


@pytest.mark.parametrize(
    "arguments",
    [(), ("fly",), ("staff",), ("staff", "grant", "Ada"), ("jobs", "run", "fast"), ("places",)],
)
def test_what_is_no_command_is_told_how_it_goes(order: Order, arguments: tuple[str, ...]) -> None:
    told = order(*arguments)

    assert told.code == 2
    assert told.err.startswith("usage: python -m treno_chat")


@pytest.mark.parametrize("command", [(), ("staff",), ("staff", "grant"), ("jobs",)])
def test_help_is_there(order: Order, command: tuple[str, ...]) -> None:
    told = order(*command, "--help")

    assert (told.code, told.err) == (0, "")
    assert told.out.startswith("usage: python -m treno_chat")
