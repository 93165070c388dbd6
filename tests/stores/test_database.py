"""What is committed waits for the disk, unless it may be lost."""

import pytest
from sqlalchemy import text
from sqlmodel import Session

from treno_chat.stores.database import Database

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
