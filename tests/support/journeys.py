"""Where the server of the journeys keeps things: of the kind that TRENO_TEST_DATABASE names."""

import os
from pathlib import Path

from sqlalchemy import Connection, create_engine, delete, inspect, text

from treno_chat.stores import tables
from treno_chat.stores.database import driver_url

# What makes the place, and the record that nobody may shorten; all else is what people did there.
LASTING = ("alembic_version", "authevent", "joblease", "place", "room")
# Tables are emptied in any order: what points into one is emptied too.
UNBOUND = text("SET LOCAL session_replication_role = replica")


def is_postgres_wanted() -> bool:
    """Say whether the journeys are to be walked on PostgreSQL."""
    return os.environ.get("TRENO_TEST_DATABASE") == "postgres"


def sqlite_url(data: Path) -> str:
    """Return the URL of a file in the server's data folder."""
    return f"sqlite:///{data / 'treno.db'}"


def forget_everybody(url: str) -> None:
    """Empty the place between two journeys; its rooms stay, and count on."""
    engine = create_engine(driver_url(url))
    with engine.begin() as db:
        if engine.dialect.name == "postgresql":
            db.execute(UNBOUND)
        for name in _passing(db):
            db.execute(text(f'DELETE FROM "{name}"'))  # noqa: S608 -- a table's own name
    engine.dispose()


def end_every_session(url: str) -> None:
    """Revoke them all, as an operator or the passing of time does."""
    engine = create_engine(driver_url(url))
    with engine.begin() as db:
        db.execute(delete(tables.LoginSession))
    engine.dispose()


def _passing(db: Connection) -> list[str]:
    return [name for name in inspect(db).get_table_names() if name not in LASTING]
