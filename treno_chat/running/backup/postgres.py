"""Backups of PostgreSQL: by its own programs, in its own format."""

import re
from pathlib import Path
from tempfile import TemporaryDirectory

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
# Programs of version 17 say it to servers that do not know it yet; it changes nothing for us.
NEWER = b"SET transaction_timeout = 0;\n"
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
    role = _role_that_serves(settings)
    _require_nobody_else(settings)
    with TemporaryDirectory(prefix="treno-restore-") as folder:
        before, dump, after = (Path(folder, f"{name}.sql") for name in ("before", "dump", "after"))
        before.write_text(BEFORE, encoding="utf-8")
        # All of it is read before anything is dropped: a file may end too early.
        _write_out(file, dump)
        after.write_text(AFTER, encoding="utf-8")
        ask(
            settings.migration_url,
            "psql",
            *("--no-psqlrc", "--quiet", "--single-transaction"),
            *("--set=ON_ERROR_STOP=1", f"--set=role={role}"),
            *(f"--file={each}" for each in (before, dump, after)),
        )


def _write_out(file: Path, dump: Path) -> None:
    """Write a backup as SQL that other servers than the one it came from can take."""
    contents, raw = dump.with_suffix(".list"), dump.with_suffix(".raw")
    # What a host installed for all of its databases is not ours to drop, or to make.
    listed = let("pg_restore", "--list", str(file)).splitlines(keepends=True)
    contents.write_text("".join(line for line in listed if " EXTENSION " not in line), "utf-8")
    plain = ("--clean", "--if-exists", "--no-owner", "--no-privileges")
    let("pg_restore", *plain, f"--use-list={contents}", f"--file={raw}", str(file))
    with raw.open("rb") as told, dump.open("wb") as kept:
        kept.writelines(line for line in told if line != NEWER)
    raw.unlink()


def _role_that_serves(settings: Settings) -> str:
    """Return who serves; a URL may leave it to the environment or to the machine's own user."""
    database = Database(settings.database)
    try:
        with database.reading() as db:
            return str(db.connection().execute(text("SELECT current_user")).scalar_one())
    finally:
        database.close()


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
