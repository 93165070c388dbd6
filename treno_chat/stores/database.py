"""The engine and its two ways in: writing and reading."""

import sqlite3
from collections.abc import Callable, Generator
from contextlib import closing, contextmanager, nullcontext
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlmodel import Session, create_engine

from treno_chat.stores.pen import Pen

BUSY_TIMEOUT_MS = 10_000
# A page waits for five seconds until it takes its line for dead: it hears of us before.
LOCK_SECONDS = 4.0
# What PostgreSQL says to a unit that met another one, by SQLSTATE.
LOCK_NOT_AVAILABLE, DEADLOCK, POINTS_AT_NOTHING = "55P03", "40P01", "23503"
WAITS = "waits_for_disk"


class Database:
    """One engine; SQLite is set up so that twenty writers queue instead of failing.

    Whoever finds every connection taken waits as long as a writer does, and is then told to try
    again; so is whoever waits on PostgreSQL for what somebody else holds.
    """

    def __init__(
        self,
        url: str,
        *,
        pool_size: int = 10,
        patience: float = BUSY_TIMEOUT_MS / 1000,
        lock_patience: float = LOCK_SECONDS,
    ) -> None:
        self.is_sqlite = url.startswith("sqlite")
        options: dict[str, Any] = {} if self.is_sqlite else {"pool_pre_ping": True}
        self.engine: Engine = create_engine(
            driver_url(url),
            pool_size=pool_size,
            max_overflow=pool_size,
            pool_timeout=patience,
            hide_parameters=True,
            **options,
        )
        self._pen = Pen(patience=patience)
        prepare = _prepare_sqlite if self.is_sqlite else _giving_up_after(lock_patience)
        event.listen(self.engine, "connect", prepare)

    @contextmanager
    def writing(self, *, is_urgent: bool = False, is_durable: bool = True) -> Generator[Session]:
        """Open a transaction that writes; it is committed at the end, or undone by an exception.

        On SQLite one writes at a time, the urgent before the others. It takes its write lock at
        once: a read that later turns into a write would lose against another writer with
        "database is locked".

        What is not durable is committed without waiting for the disk. A power cut may undo it;
        whatever is committed durably after it makes it as durable.
        """
        with (
            self._pen.held(is_urgent=is_urgent) if self.is_sqlite else nullcontext(),
            _Unit(self.engine, expire_on_commit=False) as db,
            _telling_what_was_overtaken(),
        ):
            if self.is_sqlite:
                _wait_for_disk(db.connection(), is_wanted=is_durable)
                db.connection().exec_driver_sql("BEGIN IMMEDIATE")
            elif not is_durable:
                db.connection().exec_driver_sql("SET LOCAL synchronous_commit TO off")
            yield db
            db.commit()

    @contextmanager
    def reading(self) -> Generator[Session]:
        """Open a transaction that only reads: one consistent view, never committed."""
        with _Unit(self.engine, expire_on_commit=False) as db:
            if self.is_sqlite:
                db.connection().exec_driver_sql("BEGIN")
            yield db

    def close(self) -> None:
        """Let go of every connection."""
        self.engine.dispose()


class _Unit(Session):
    """The session of one unit: it has one connection, which is asked for many times."""

    _held: Connection | None = None

    def connection(
        self,
        bind_arguments: Any = None,  # noqa: ANN401 -- as it is inherited
        execution_options: Any = None,  # noqa: ANN401
    ) -> Connection:
        """Return the connection; looking it up costs as much as a small statement does."""
        if self._held is None or bind_arguments or execution_options:
            self._held = super().connection(bind_arguments, execution_options)
        return self._held


@contextmanager
def savepoint(db: Session) -> Generator[None]:
    """Undo what is done inside, and nothing else, when it raises.

    The ORM's own savepoints have a new name each time, and are compiled anew for it.
    """
    connection, is_kept = db.connection(), False
    connection.exec_driver_sql("SAVEPOINT ours")
    try:
        yield
        is_kept = True
    finally:
        if not _is_undone(connection):
            if not is_kept:
                connection.exec_driver_sql("ROLLBACK TO SAVEPOINT ours")
            connection.exec_driver_sql("RELEASE SAVEPOINT ours")


def _is_undone(connection: Connection) -> bool:
    """Say whether nothing is left of a transaction: its line is cut, or the disk is full.

    SQLite then undoes everything by itself, with its savepoints.
    """
    if connection.invalidated:
        return True
    driver = connection.connection.dbapi_connection
    return isinstance(driver, sqlite3.Connection) and not driver.in_transaction


def is_of_another_unit(fault: Exception) -> bool:
    """Say whether another unit held what was asked for too long, or took it away meanwhile."""
    driver = getattr(fault, "orig", None)
    if getattr(driver, "sqlite_errorname", None) == "SQLITE_BUSY":
        return True
    return _sqlstate(fault) in (LOCK_NOT_AVAILABLE, DEADLOCK, POINTS_AT_NOTHING)


def _sqlstate(fault: Exception) -> str | None:
    return getattr(getattr(fault, "orig", None), "pgcode", None)


@contextmanager
def _telling_what_was_overtaken() -> Generator[None]:
    """Let a unit be tried again whose rows point at what another one deleted under its hands.

    Every action looks first at what it will point at: only on PostgreSQL, where several write at
    once, can it be gone a moment later.
    """
    try:
        yield
    except IntegrityError as fault:
        if _sqlstate(fault) != POINTS_AT_NOTHING or fault.orig is None:
            raise
        raise OperationalError(fault.statement, None, fault.orig, hide_parameters=True) from fault


def driver_url(url: str) -> str:
    """Name our driver where the URL names none, as operators write it."""
    return url.replace("postgresql://", "postgresql+psycopg2://", 1)


def _wait_for_disk(connection: Connection, *, is_wanted: bool) -> None:
    # Kept by the connection, and not to be changed inside a transaction.
    if connection.info.get(WAITS, True) != is_wanted:
        connection.exec_driver_sql(f"PRAGMA synchronous={'FULL' if is_wanted else 'NORMAL'}")
        connection.info[WAITS] = is_wanted


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    # The driver's own BEGIN comes too late (only before the first write): ours replaces it.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        f"busy_timeout={BUSY_TIMEOUT_MS}",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _giving_up_after(seconds: float) -> Callable[[Any, object], None]:
    """Return what tells a connection of PostgreSQL how long it waits for a lock, at most.

    Said to it, and not written in its URL: an operator may have options of their own there.
    """

    def prepare(connection: Any, _record: object) -> None:  # noqa: ANN401 -- the driver's own
        with closing(connection.cursor()) as cursor:
            cursor.execute(f"SET lock_timeout = {round(seconds * 1000)}")
        connection.commit()

    return prepare
