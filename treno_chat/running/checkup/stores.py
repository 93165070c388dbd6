"""What the check-up sees of the stores: the database, its roles, the jobs, the keys, Redis."""

from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from redis import Redis
from redis.exceptions import AuthenticationError, RedisError, ResponseError
from sqlalchemy.exc import DatabaseError
from sqlmodel import Session, text

from treno_chat.running.checks import CannotStart, require_database, require_file, url_of
from treno_chat.running.checkup.finding import Findings, fault, ok, warning
from treno_chat.running.checkup.jobs import look_at_jobs
from treno_chat.running.checkup.keys import look_at_keys
from treno_chat.running.migrations import require_head
from treno_chat.settings import Settings
from treno_chat.stores.database import Database
from treno_chat.stores.talk import places

SKEW = timedelta(seconds=5)
PATIENCE = 5
# What the role may make; whose tables it owns; whether it may do everything.
ROLE = """
SELECT has_schema_privilege(current_user, current_schema(), 'CREATE')
    OR EXISTS (SELECT 1 FROM pg_tables WHERE schemaname = current_schema()
               AND pg_has_role(current_user, tableowner, 'USAGE'))
    OR (SELECT rolsuper FROM pg_roles WHERE rolname = current_user)
"""


def look_at_stores(settings: Settings) -> Findings:
    """Look at the database, and at Redis where one is used."""
    try:
        require_file(settings)
        require_database(settings)
        require_head(settings)
    except CannotStart as reason:
        yield fault(str(reason))
    else:
        yield ok("the database is there, at the revision of this program")
        yield from _contents(settings)
    yield from _migrator(settings)
    yield from _redis(settings.redis_url)


def _contents(settings: Settings) -> Findings:
    database = Database(settings.database)
    try:
        with database.reading() as db:
            if not database.is_sqlite:
                yield from _server(db)
            now = datetime.now(UTC)
            yield from look_at_jobs(db, now=now)
            yield from look_at_keys(db, settings, now=now)
            yield from _entry(db, settings.default_place)
    except DatabaseError as error:
        reason = str(error.orig).strip().splitlines()[0]
        yield fault(f"the database cannot be read ({reason}): go back to the last backup.")
    finally:
        database.close()


def _entry(db: Session, slug: str) -> Findings:
    """Look whether the address without a place leads to one."""
    if places.get(db, slug) is None:
        yield warning(f"/ leads to {slug}, which is no place: add it, or set DEFAULT_PLACE.")
    else:
        yield ok(f"/ leads to {slug}")


def _server(db: Session) -> Findings:
    connection = db.connection()
    encoding = str(connection.execute(text("SHOW server_encoding")).scalar())
    if encoding != "UTF8":
        yield fault(f"the database is in {encoding}: make one in UTF8, and move.")
    away = abs(
        datetime.now(UTC) - connection.execute(text("SELECT clock_timestamp()")).scalar_one()
    )
    if away > SKEW:
        yield fault(f"the database's clock is {away.seconds} s from ours: set both by NTP.")
    if connection.execute(text(ROLE)).scalar():
        yield warning(
            "the role of DATABASE_URL may change tables (S59): give it SELECT, INSERT, UPDATE and"
            " DELETE alone, and migrate with another in MIGRATION_DATABASE_URL."
        )
    else:
        yield ok("the role of DATABASE_URL may not change tables")


def _migrator(settings: Settings) -> Findings:
    if not settings.migration_database_url:
        return
    try:
        url_of(settings.migration_url)
    except CannotStart:
        return  # Said of both databases above.
    database = Database(settings.migration_url)
    try:
        with database.reading() as db:
            db.connection().execute(text("SELECT 1"))
    except DatabaseError as error:
        reason = str(error.orig).strip().splitlines()[0]
        yield fault(f"MIGRATION_DATABASE_URL cannot be reached: {reason}")
    else:
        yield ok("the role of MIGRATION_DATABASE_URL is let in")
    finally:
        database.close()


def _redis(url: str) -> Findings:
    if not url:
        return
    try:
        _ping(url)
    except (AuthenticationError, ResponseError):
        yield fault("Redis does not take the password of REDIS_URL.")
        return
    except (RedisError, OSError, ValueError):
        yield fault("Redis cannot be reached: start it, or correct REDIS_URL.")
        return
    if _is_open(url):
        yield warning(
            "Redis answers without a password, and whoever writes there runs code here: set one"
            " (requirepass or an ACL) and put it into REDIS_URL."
        )
    else:
        yield ok("Redis is there, and asks for its password")


def _is_open(url: str) -> bool:
    parts = urlsplit(url)
    nobody = parts._replace(netloc=parts.netloc.rpartition("@")[2])
    try:
        _ping(nobody.geturl())
    except RedisError:
        return False
    return True


def _ping(url: str) -> None:
    with Redis.from_url(url, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE) as redis:
        redis.ping()
