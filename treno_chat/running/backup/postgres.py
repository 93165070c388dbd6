"""Backups of PostgreSQL: by its own programs, in its own format."""

import re
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy.engine import make_url
from sqlmodel import text

from treno_chat.running.backup.kind import Kind
from treno_chat.running.backup.programs import ask, let
from treno_chat.running.checks import CannotStart
from treno_chat.settings import Settings
from treno_chat.stores.database import Database

REVISION = re.compile(r"^COPY [^\n]*alembic_version[^\n]*;\n([^\s\\]\S*)\n", re.MULTILINE)
OTHERS = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND usename IS NOT NULL AND pid <> pg_backend_pid()
"""
# Everything goes, also what a newer program made and the backup knows nothing of.
BEFORE = """
SELECT current_schema() AS ours \\gset
DO $$
DECLARE
    name text;
BEGIN
    FOR name IN SELECT format('%I.%I', schemaname, tablename)
        FROM pg_tables WHERE schemaname = current_schema()
    LOOP
        EXECUTE 'DROP TABLE IF EXISTS ' || name || ' CASCADE';
    END LOOP;
END $$;
"""
# The role that serves is another than the one that owns the tables (S59), and had its rights there.
AFTER = 'GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA :"ours" TO :"role";\n'


def copy_out(settings: Settings, file: Path) -> None:
    """Dump what is committed right now; nobody who writes has to wait."""
    plain = ("--format=custom", "--no-owner", "--no-privileges")
    ask(settings.migration_url, "pg_dump", *plain, f"--file={file}")
    if _revision(file) is None:
        message = "There is nothing of ours in the database: look at DATABASE_URL, or migrate."
        raise CannotStart(message)


def revision_in(file: Path) -> str:
    """Return the revision of a backup, unless it is none or is damaged."""
    revision = _revision(file)
    if revision is None:
        message = f"{file} is no backup of ours."
        raise CannotStart(message)
    return revision


def copy_in(settings: Settings, file: Path) -> None:
    """Replace all that is in the database, in one transaction."""
    _require_nobody_else(settings)
    with TemporaryDirectory(prefix="treno-restore-") as folder:
        before, dump, after = (Path(folder, f"{name}.sql") for name in ("before", "dump", "after"))
        before.write_text(BEFORE, encoding="utf-8")
        plain = ("--clean", "--if-exists", "--no-owner", "--no-privileges")
        # All of it is read before anything is dropped: a file may end too early.
        let("pg_restore", *plain, f"--file={dump}", str(file))
        after.write_text(AFTER, encoding="utf-8")
        ask(
            settings.migration_url,
            "psql",
            *("--no-psqlrc", "--quiet", "--single-transaction"),
            *("--set=ON_ERROR_STOP=1", f"--set=role={make_url(settings.database).username}"),
            *(f"--file={each}" for each in (before, dump, after)),
        )


def _revision(file: Path) -> str | None:
    told = let("pg_restore", "--data-only", "--table=alembic_version", "--file=-", str(file))
    found = REVISION.search(told)
    return None if found is None else found[1]


def _require_nobody_else(settings: Settings) -> None:
    database = Database(settings.migration_url)
    try:
        with database.reading() as db:
            others = db.connection().execute(text(OTHERS)).scalar_one()
    finally:
        database.close()
    if others:
        message = f"The database is in use ({others} connections): stop every server first."
        raise CannotStart(message)


KIND = Kind(copy_out=copy_out, revision_in=revision_in, copy_in=copy_in)
