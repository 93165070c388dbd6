"""The migrations: up and down on both databases, and equal to the tables."""

from collections.abc import Generator
from pathlib import Path
from uuid import uuid4

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, inspect

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
