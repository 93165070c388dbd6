"""Backups of SQLite: its own online copy, in one file that is whole."""

import sqlite3
from collections.abc import Generator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy.engine import make_url

from treno_chat.running.backup.kind import Kind
from treno_chat.running.checks import CannotStart
from treno_chat.settings import Settings
from treno_chat.stores.database import BUSY_TIMEOUT_MS

PATIENCE = BUSY_TIMEOUT_MS / 1000


def copy_out(settings: Settings, file: Path) -> None:
    """Copy what is committed right now; nobody who writes has to wait."""
    source = _file_of(settings)
    if not source.is_file():
        message = f"There is no database at {source}."
        raise CannotStart(message)
    with _said(source), closing(_reading(source)) as database, closing(_writing(file)) as copy:
        database.backup(copy, progress=_wait_no_longer)
        # One file: in the mode of the original it would want two others beside it.
        copy.execute("PRAGMA journal_mode=DELETE")
        _require_whole(copy, source)
        _revision(copy, source)


def revision_in(file: Path) -> str:
    """Return the revision of a backup, unless it is none or is damaged."""
    with _said(file), closing(_reading(file)) as backup:
        _require_whole(backup, file)
        return _revision(backup, file)


def copy_in(settings: Settings, file: Path) -> None:
    """Replace all that is in the database, in one transaction of SQLite's own."""
    target = _file_of(settings)
    with _said(target), closing(_reading(file)) as backup, closing(_writing(target)) as database:
        backup.backup(database, progress=_wait_no_longer)


def _file_of(settings: Settings) -> Path:
    return Path(make_url(settings.database).database or "")


def _reading(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True, timeout=PATIENCE)


def _writing(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(file, timeout=PATIENCE)


def _revision(database: sqlite3.Connection, file: Path) -> str:
    """Return the revision of a database, which tells that it is one of ours."""
    row = database.execute("SELECT version_num FROM alembic_version").fetchone()
    if row is None:
        message = f"{file} is at no revision: it was never migrated."
        raise CannotStart(message)
    return str(row[0])


def _require_whole(database: sqlite3.Connection, file: Path) -> None:
    if database.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
        message = f"{file} is damaged: SQLite's own check of it fails."
        raise CannotStart(message)
    if database.execute("PRAGMA foreign_key_check").fetchone() is not None:
        message = f"{file} is damaged: rows point to others that are not there."
        raise CannotStart(message)


def _wait_no_longer(status: int, _remaining: int, _total: int) -> None:
    """Give up where the driver would try again for ever: SQLite waited for the lock already."""
    if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        message = "another program holds it, stop that one first"
        raise sqlite3.OperationalError(message)


@contextmanager
def _said(file: Path) -> Generator[None]:
    try:
        yield
    except sqlite3.Error as error:
        message = f"{file} cannot be used as a SQLite database of ours: {error}."
        raise CannotStart(message) from error


KIND = Kind(copy_out=copy_out, revision_in=revision_in, copy_in=copy_in)
