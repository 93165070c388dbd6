"""The migrations: up and down on both databases, and equal to the tables."""

from collections.abc import Generator
from pathlib import Path
from uuid import uuid4

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, inspect, text

from tests.conftest import ROOT
from tests.support.postgres import PostgresServer
from treno_chat.stores.database import driver_url
from treno_chat.stores.tables import metadata


@pytest.fixture(params=["sqlite", "postgres"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Generator[str]:
    """The URL of a database of each kind that has seen nothing."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    name = f"empty_{uuid4().hex}"
    yield server.create(name)
    server.drop(name)


@pytest.fixture
def config(empty_url: str) -> Config:
    """Alembic, at that database."""
    config = Config(toml_file=str(ROOT / "pyproject.toml"))
    config.set_main_option("script_location", str(ROOT / "alembic"))
    config.attributes["database_url"] = empty_url
    return config


def _tables(url: str) -> set[str]:
    engine = create_engine(driver_url(url))
    names = set(inspect(engine).get_table_names())
    engine.dispose()
    return names - {"alembic_version"}


def test_up_gives_the_tables_and_down_takes_them_all(config: Config, empty_url: str) -> None:
    command.upgrade(config, "head")
    assert _tables(empty_url) == set(metadata.tables)

    command.downgrade(config, "base")
    assert _tables(empty_url) == set()

    command.upgrade(config, "head")
    assert _tables(empty_url) == set(metadata.tables)


def test_the_migrations_give_just_what_the_tables_say(config: Config) -> None:
    command.upgrade(config, "head")

    command.check(config)


def test_people_and_what_they_said_outlive_every_step_up_and_down(
    config: Config, empty_url: str
) -> None:
    command.upgrade(config, "dd0702091aa7")
    _tell(empty_url, ADA_WALKS_IN)

    command.upgrade(config, "head")
    assert _asked(empty_url, ADA_SAID) == [("ada", "hello")]

    command.downgrade(config, "dd0702091aa7")
    command.upgrade(config, "head")
    assert _asked(empty_url, ADA_SAID) == [("ada", "hello")]


ADA_WALKS_IN = (
    (
        "INSERT INTO place (id, slug, name, kind, timezone, retention_seconds, guest_grace_seconds,"
        " created_at) VALUES ('p', 'pisa', 'Pisa', 'train', 'Europe/Rome', 9, 9, '2026-01-01')"
    ),
    (
        "INSERT INTO room (id, place_id, slug, name, kind, position, last_seq, last_rev)"
        " VALUES ('r', 'p', 'main', 'Main', 'general', 1, 1, 1)"
    ),
    (
        'INSERT INTO "user" (id, alias, alias_skeleton, gender, is_anonymous, created_at)'
        " VALUES ('u', 'ada', 'ada', 'female', true, '2026-01-01')"
    ),
    (
        "INSERT INTO loginsession (id, user_id, token_hash, address, user_agent, created_at,"
        " authenticated_at, last_seen_at, idle_ends_at, ends_at) VALUES ('s', 'u', 'h', '', '',"
        " '2026-01-01', '2026-01-01', '2026-01-01', '2026-01-02', '2026-01-02')"
    ),
    (
        "INSERT INTO message (id, room_id, seq, rev, client_id, kind, author_id, body, sent_at,"
        " expires_at) VALUES ('m', 'r', 1, 1, 'c', 'text', 'u', 'hello',"
        " '2026-01-01', '2026-01-03')"
    ),
)
ADA_SAID = (
    'SELECT alias, body FROM "user" JOIN message ON author_id = "user".id'
    ' JOIN loginsession ON user_id = "user".id'
)


def _tell(url: str, statements: tuple[str, ...]) -> None:
    engine = create_engine(driver_url(url))
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


def _asked(url: str, query: str) -> list[tuple[str, str]]:
    engine = create_engine(driver_url(url))
    with engine.connect() as connection:
        rows = [(row[0], row[1]) for row in connection.execute(text(query))]
    engine.dispose()
    return rows
