"""What must be in order before anything starts; each failure is one clear line."""

import socket
from pathlib import Path

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, OperationalError, ProgrammingError
from sqlmodel import text

from treno_chat.settings import Settings
from treno_chat.stores.database import Database

NO_URL = "{name} is no URL of a database (postgresql://… or sqlite:///…)."
KINDS = ("postgresql", "sqlite")


class CannotStart(Exception):
    """Why the program does not start, as the one line that the operator reads."""


def claim_port(host: str, port: int) -> socket.socket:
    """Take the port before the long work begins; nobody is let in until it listens."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM
        )[0]
    except socket.gaierror as error:
        message = f"HOST={host} is no address of this machine."
        raise CannotStart(message) from error
    claimed = socket.socket(family, kind, protocol)
    claimed.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        claimed.bind(address)
        _refuse_if_served(family, port)
    except OSError as error:
        claimed.close()
        message = (
            f"Port {port} on {host} cannot be used ({error.strerror or error}): stop what uses it,"
            f" or choose another with PORT and PUBLIC_ORIGIN."
        )
        raise CannotStart(message) from error
    return claimed


def _refuse_if_served(family: int, port: int) -> None:
    """Notice a server on the other loopback, which `localhost` might lead to instead of us."""
    other = "::1" if family == socket.AF_INET else "127.0.0.1"
    try:
        socket.create_connection((other, port), timeout=1).close()
    except OSError:
        return
    message = f"another program answers on {other}"
    raise OSError(message)


def url_of(text: str, name: str = "DATABASE_URL") -> URL:
    """Read the URL of a database, unless it is none of ours or names no file."""
    try:
        url = make_url(text)
    except (ArgumentError, ValueError) as error:
        raise CannotStart(NO_URL.format(name=name)) from error
    kind, database = url.get_backend_name(), url.database or ""
    # What SQLite calls a URI is another way to name a file, which nothing else here understands.
    if kind not in KINDS or (kind == "sqlite" and (not database or database.startswith("file:"))):
        raise CannotStart(NO_URL.format(name=name))
    return url


def sqlite_file(settings: Settings) -> Path | None:
    """Return the one file that a SQLite database is in, by whatever name; None for another kind."""
    url = url_of(settings.database)
    is_sqlite = url.get_backend_name() == "sqlite"
    return Path(url.database or "").resolve() if is_sqlite else None


def require_database(settings: Settings) -> None:
    """Refuse a database that cannot be reached; SQLite's folder is made."""
    url = url_of(settings.database)
    url_of(settings.migration_url, "MIGRATION_DATABASE_URL")
    try:
        database = Database(settings.database)
    except ModuleNotFoundError as error:
        raise CannotStart(NO_URL.format(name="DATABASE_URL")) from error
    if file := sqlite_file(settings):
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        with database.reading() as db:
            db.connection().execute(text("SELECT 1"))
    except DatabaseError as error:
        shown = url.render_as_string(hide_password=True)
        reason = str(error.orig).strip().splitlines()[0]
        message = f"The database {shown} cannot be reached: {reason}"
        raise CannotStart(message) from error
    finally:
        database.close()


def require_file(settings: Settings) -> None:
    """Refuse a SQLite file that is not there: asking for it would make it, wherever one stands."""
    file = sqlite_file(settings)
    if file is not None and not file.exists():
        message = (
            f"There is no database at {file}: run `make migrate` if it shall be there, else look"
            " at DATABASE_URL and DATA_DIR."
        )
        raise CannotStart(message)


def revision_of(database: Database) -> str | None:
    """Return the migration that the database is at, None if it has seen none."""
    try:
        with database.reading() as db:
            row = db.connection().execute(text("SELECT version_num FROM alembic_version")).first()
    except (OperationalError, ProgrammingError):
        return None
    return None if row is None else str(row[0])
