"""The operator backs the database up while a server runs, and puts it back when none does."""

import shutil
import stat
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.commands.conftest import Order
from tests.commands.house import guest, registered, seed
from tests.conftest import migrate
from tests.support.postgres import PostgresServer
from treno_chat.actions.operations.roster import list_people
from treno_chat.actions.transaction import Transactions
from treno_chat.domain.door.sessions import Principal
from treno_chat.domain.operations.roster import Kind
from treno_chat.running.sole import sole_server
from treno_chat.settings import Settings
from treno_chat.stores.database import Database


@pytest.fixture
def ada(transactions: Transactions) -> Principal:
    """A registered person at the place."""
    seed(transactions)
    return registered(transactions, "Ada")


@pytest.fixture
def backup(order: Order, transactions: Transactions, ada: Principal, tmp_path: Path) -> Path:
    """What was there when Ada was there alone; Bruno came later, and nobody serves any more."""
    file = tmp_path / "backup"
    told = order("backup", str(file))
    assert (told.code, told.err) == (0, "")
    guest(transactions, "Bruno")
    transactions.database.close()
    return file


def aliases(transactions: Transactions) -> list[str]:
    with transactions.reading() as tx:
        lines = list_people(tx, kind=Kind.ALL)
    transactions.database.close()
    return [line.alias for line in lines]


def execute(transactions: Transactions, *statements: str) -> None:
    with transactions.writing() as tx:
        for statement in statements:
            tx.db.connection().execute(text(statement))
    transactions.database.close()


def test_what_was_backed_up_comes_back(
    order: Order, transactions: Transactions, backup: Path
) -> None:
    assert aliases(transactions) == ["Bruno", "Ada"]

    told = order("restore", str(backup), "--replace")

    assert (told.code, told.err) == (0, "")
    assert told.out.startswith(f"The database is what it was in {backup}, at revision ")
    assert aliases(transactions) == ["Ada"]
    with pytest.raises(Exception, match="auth events are"):
        execute(transactions, "DELETE FROM authevent")


def test_a_backup_is_one_file_that_its_owner_alone_reads(backup: Path, tmp_path: Path) -> None:
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    assert [each.name for each in tmp_path.glob("backup*")] == ["backup"]


def test_a_backup_replaces_no_file(order: Order, ada: Principal, tmp_path: Path) -> None:
    file = tmp_path / "precious"
    file.write_text("something")

    told = order("backup", str(file))

    assert (told.code, told.out) == (1, "")
    assert told.err.startswith(f"{file} is there already")
    assert file.read_text() == "something"


def test_a_backup_that_cannot_be_written_is_one_line(
    order: Order, ada: Principal, tmp_path: Path
) -> None:
    told = order("backup", str(tmp_path / "nowhere" / "backup"))

    assert (told.code, told.out, told.err.count("\n")) == (1, "", 1)
    assert "No such file or directory" in told.err


def test_what_is_there_is_not_lost_by_mistake(
    order: Order, transactions: Transactions, backup: Path
) -> None:
    told = order("restore", str(backup))

    assert (told.code, told.out) == (1, "")
    assert told.err.startswith("The database is not empty")
    assert aliases(transactions) == ["Bruno", "Ada"]


def test_tables_without_rows_are_empty(
    order: Order, transactions: Transactions, backup: Path
) -> None:
    if not transactions.database.is_sqlite:
        execute(transactions, "ALTER TABLE authevent DISABLE TRIGGER USER")
    else:
        execute(transactions, "DROP TRIGGER authevent_stays")
    names = ('"user"', "place", "authevent", "notice", "signal", "verification")
    execute(transactions, *(f"DELETE FROM {name}" for name in names))  # noqa: S608 -- our own

    told = order("restore", str(backup))

    assert (told.code, told.err) == (0, "")
    assert aliases(transactions) == ["Ada"]


def test_what_a_newer_program_made_goes_as_well(
    order: Order, transactions: Transactions, backup: Path
) -> None:
    later = 'CREATE TABLE later (id TEXT PRIMARY KEY, user_id TEXT REFERENCES "user" (id))'
    execute(transactions, later, "UPDATE alembic_version SET version_num = 'of-tomorrow'")

    assert order("restore", str(backup), "--replace").code == 0

    assert order("users", "list").code == 0
    with pytest.raises(Exception, match="later"):
        execute(transactions, "SELECT * FROM later")


def test_a_backup_of_tomorrow_is_refused(
    order: Order, transactions: Transactions, ada: Principal, tmp_path: Path
) -> None:
    execute(transactions, "UPDATE alembic_version SET version_num = 'of-tomorrow'")
    file = tmp_path / "of-tomorrow"
    assert order("backup", str(file)).code == 0

    told = order("restore", str(file), "--replace")

    assert (told.code, told.out) == (1, "")
    assert told.err.startswith("The backup is at revision of-tomorrow, which this program does not")
    assert aliases(transactions) == ["Ada"]


@pytest.mark.parametrize("harm", ["cut", "other", "empty", "missing", "a folder"])
def test_what_is_no_backup_or_a_damaged_one_changes_nothing(
    order: Order, transactions: Transactions, backup: Path, harm: str
) -> None:
    whole = backup.read_bytes()
    backup.unlink()
    if harm == "a folder":
        backup.mkdir()
    elif harm != "missing":
        harmed = {"cut": whole[: len(whole) // 2], "other": b"words " * 100, "empty": b""}
        backup.write_bytes(harmed[harm])

    told = order("restore", str(backup), "--replace")

    assert (told.code, told.out, told.err.count("\n")) == (1, "", 1)
    assert aliases(transactions) == ["Bruno", "Ada"]


def test_nothing_is_restored_under_a_server_that_runs(
    order: Order, transactions: Transactions, backup: Path
) -> None:
    with sole_server(Settings()), transactions.reading() as tx:
        tx.db.connection().execute(text("SELECT 1"))
        told = order("restore", str(backup), "--replace")

    assert (told.code, told.out, told.err.count("\n")) == (1, "", 1)
    assert "stop" in told.err
    assert aliases(transactions) == ["Bruno", "Ada"]


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
def test_without_the_programs_of_postgresql_one_line_says_what_to_install(
    order: Order, transactions: Transactions, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:

    def nothing(_program: str) -> None: ...

    monkeypatch.setattr(shutil, "which", nothing)

    told = order("backup", str(tmp_path / "backup"))

    assert (told.code, told.out) == (1, "")
    assert told.err == "pg_dump is not installed on this machine (Debian: postgresql-client).\n"
    assert list(tmp_path.glob("backup*")) == []


def test_a_server_that_is_away_is_one_line_without_its_password(
    order: Order, clean_environment: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://treno:hush-hush@127.0.0.1:1/treno")

    told = order("backup", "backup")

    assert (told.code, told.out, told.err.count("\n")) == (1, "", 1)
    assert "hush-hush" not in told.err


def test_a_database_that_was_never_made_is_not_backed_up(
    order: Order, clean_environment: Path
) -> None:
    told = order("backup", "backup")

    assert (told.code, told.out) == (1, "")
    assert told.err.startswith("There is no database at ")
    assert list(clean_environment.glob("*")) == []


def test_a_database_with_nothing_of_ours_is_not_backed_up(
    order: Order, transactions: Transactions, tmp_path: Path
) -> None:
    execute(transactions, "DELETE FROM alembic_version")

    told = order("backup", str(tmp_path / "backup"))

    assert (told.code, told.out, told.err.count("\n")) == (1, "", 1)
    assert list(tmp_path.glob("backup*")) == []


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_nobody_waits_for_ever_for_a_file_that_another_program_holds(
    order: Order, transactions: Transactions, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("treno_chat.running.backup.sqlite.PATIENCE", 0.01)

    with transactions.writing():
        told = order("restore", str(backup), "--replace")

    assert (told.code, told.out, told.err.count("\n")) == (1, "", 1)
    assert "another program holds it" in told.err
    assert aliases(transactions) == ["Bruno", "Ada"]


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
def test_a_role_that_serves_has_its_rights_again(
    order: Order, transactions: Transactions, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = Settings().database
    execute(transactions, 'DROP ROLE IF EXISTS "serving role"', 'CREATE ROLE "serving role" LOGIN')
    monkeypatch.setenv("MIGRATION_DATABASE_URL", url)
    monkeypatch.setenv("DATABASE_URL", url.replace("treno@", "serving%20role@"))

    assert order("restore", str(backup), "--replace").code == 0

    assert order("users", "list").code == 0


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
def test_what_is_changed_is_the_database_that_is_named(
    order: Order,
    transactions: Transactions,
    *,
    backup: Path,
    postgres: PostgresServer,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    # As an operator has it in `.env`, who practises on another database.
    monkeypatch.setenv("MIGRATION_DATABASE_URL", Settings().database)
    monkeypatch.setenv("DATABASE_URL", postgres.create("elsewhere"))

    for words in (
        ("restore", str(backup), "--replace"),
        ("migrate",),
        ("backup", str(tmp_path / "other")),
    ):
        told = order(*words)
        assert (told.code, told.out) == (1, "")
        assert told.err.startswith("MIGRATION_DATABASE_URL is another database than DATABASE_URL")
    assert aliases(transactions) == ["Bruno", "Ada"]
    postgres.drop("elsewhere")


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
def test_a_role_that_the_url_does_not_name_has_its_rights_again(
    order: Order, transactions: Transactions, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGUSER", "treno")
    monkeypatch.setenv("DATABASE_URL", Settings().database.replace("treno@", ""))

    assert order("restore", str(backup), "--replace").code == 0

    assert order("users", "list").code == 0


@pytest.mark.usefixtures("clean_environment")
def test_what_the_host_installed_is_left_as_it_is(
    order: Order, postgres: PostgresServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file, urls = tmp_path / "backup", [postgres.create(f"managed_{n}") for n in range(2)]
    by_host = Database(urls[0])
    with by_host.writing() as db:
        db.connection().execute(text("CREATE EXTENSION pg_stat_statements"))
        db.connection().execute(text("DROP ROLE IF EXISTS tenant"))
        db.connection().execute(text("CREATE ROLE tenant LOGIN"))
    by_host.close()
    for url in urls:
        owner = Database(url)
        with owner.writing() as db:
            db.connection().execute(text("GRANT ALL ON SCHEMA public TO tenant"))
        owner.close()
    theirs = [url.replace("treno@", "tenant@") for url in urls]
    migrate(theirs[0])
    monkeypatch.setenv("DATABASE_URL", theirs[0])
    assert order("backup", str(file)).code == 0

    replaced = order("restore", str(file), "--replace")
    monkeypatch.setenv("DATABASE_URL", theirs[1])
    practised = order("restore", str(file))

    assert [(told.code, told.err) for told in (replaced, practised)] == [(0, "")] * 2
    for number in range(2):
        postgres.drop(f"managed_{number}")
