"""What is committed waits for the disk, unless it may be lost; what broke says what it was."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from treno_chat.stores.database import Database, savepoint

DURABLE, HASTY = {"2", "on"}, {"1", "off"}


def _durability(db: Session) -> str:
    is_sqlite = db.connection().dialect.name == "sqlite"
    asked = "PRAGMA synchronous" if is_sqlite else "SHOW synchronous_commit"
    return str(db.connection().execute(text(asked)).scalar_one())


def test_only_what_is_said_not_to_be_durable_is_not(database: Database) -> None:
    for is_durable in (True, False, True, False, False, True):
        with database.writing(is_durable=is_durable) as db:
            assert _durability(db) in (DURABLE if is_durable else HASTY)
    with database.writing() as db:
        assert _durability(db) in DURABLE


def test_what_failed_leaves_nothing_behind_for_the_next(database: Database) -> None:
    with pytest.raises(RuntimeError), database.writing(is_durable=False):
        raise RuntimeError

    with database.writing() as db:
        assert _durability(db) in DURABLE


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
def test_a_line_that_is_cut_within_a_savepoint_is_a_database_that_is_away(
    database: Database,
) -> None:
    with pytest.raises(OperationalError), database.writing() as db, savepoint(db):
        db.connection().execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))

    with database.writing() as db, savepoint(db):
        assert _durability(db) in DURABLE
