"""Backing up and restoring, whichever database it is; nothing half done ever stays."""

from pathlib import Path

from sqlalchemy import inspect, literal, select, table
from sqlmodel import Session

from treno_chat.running.backup import postgres, sqlite
from treno_chat.running.backup.kind import Kind
from treno_chat.running.checks import CannotStart, require_database, url_of
from treno_chat.running.migrations import require_known
from treno_chat.running.sole import sole_server
from treno_chat.running.soundness import require_one_database
from treno_chat.settings import Settings
from treno_chat.stores.database import Database


def back_up(settings: Settings, file: Path) -> None:
    """Write the database into a new file that only its owner reads, while servers go on."""
    require_one_database(settings)
    if file.exists():
        message = f"{file} is there already: a backup never replaces anything."
        raise CannotStart(message)
    part = file.with_name(f"{file.name}.part")
    try:
        part.touch(mode=0o600, exist_ok=False)
    except OSError as error:
        message = f"{part} cannot be written: {error.strerror or error}."
        raise CannotStart(message) from error
    try:
        _kind_of(settings).copy_out(settings, part)
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)


def restore(settings: Settings, file: Path, *, is_replacing: bool) -> str:
    """Put a backup in the place of the database, and return the revision that it is at."""
    require_one_database(settings)
    if not file.is_file():
        message = f"There is no file {file}."
        raise CannotStart(message)
    kind = _kind_of(settings)
    revision = kind.revision_in(file)
    require_known(revision, settings)
    require_database(settings)
    with sole_server(settings):
        if not is_replacing:
            _require_empty(settings)
        kind.copy_in(settings, file)
    return revision


def _kind_of(settings: Settings) -> Kind:
    is_sqlite = url_of(settings.database).get_backend_name() == "sqlite"
    return sqlite.KIND if is_sqlite else postgres.KIND


def _require_empty(settings: Settings) -> None:
    """Refuse a database in which there is anything but the shape of the tables."""
    database = Database(settings.migration_url)
    try:
        with database.reading() as db:
            names = inspect(db.connection()).get_table_names()
            is_full = any(_has_rows(db, name) for name in names if name != "alembic_version")
    finally:
        database.close()
    if is_full:
        message = "The database is not empty: back it up, and then say it again with --replace."
        raise CannotStart(message)


def _has_rows(db: Session, name: str) -> bool:
    query = select(literal(1)).select_from(table(name)).limit(1)
    return db.connection().execute(query).first() is not None
