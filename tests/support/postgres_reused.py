"""A database for one test after the other: emptied between them, which is sooner done than made."""

from collections.abc import Callable

import psycopg2
from psycopg2.extensions import cursor
from psycopg2.sql import SQL, Identifier

from tests.support.postgres import PostgresServer

Shape = tuple[object, ...]
NAME = "treno_reused"
# Whoever is still connected may hold a lock.
DISMISS = """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()"""
TABLES = """SELECT tablename FROM pg_tables
    WHERE schemaname = 'public' AND tablename <> 'alembic_version' ORDER BY tablename"""
SHAPE = """WITH ours AS (SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace)
    SELECT (SELECT array_agg(version_num) FROM alembic_version),
        (SELECT array_agg(oid ORDER BY oid) FROM ours),
        (SELECT array_agg(ROW(oid, tgenabled)::text ORDER BY oid) FROM pg_trigger
            WHERE tgrelid IN (SELECT oid FROM ours)),
        (SELECT array_agg(ROW(attrelid, attname)::text ORDER BY attrelid, attnum)
            FROM pg_attribute WHERE attrelid IN (SELECT oid FROM ours)),
        (SELECT array_agg(oid ORDER BY oid) FROM pg_proc
            WHERE pronamespace = 'public'::regnamespace)"""


class ReusedDatabase:
    """A copy of a migrated template; a test that changed more than rows has it made anew."""

    def __init__(self, server: PostgresServer, *, template: str) -> None:
        self._server = server
        self._template = template
        self._shape = self._make()

    @property
    def url(self) -> str:
        """Where it is."""
        return self._server.url(NAME)

    def renew(self) -> None:
        """Leave nothing of the last test in it."""
        if not self._is_emptied():
            self._shape = self._make()

    def _make(self) -> Shape:
        self._server.drop(NAME)
        self._server.create(NAME, template=self._template)
        return self._ask(_shape)

    def _is_emptied(self) -> bool:
        try:
            return self._ask(_empty) == self._shape
        except psycopg2.ProgrammingError:
            return False  # a table of ours is gone

    def _ask(self, question: Callable[[cursor], Shape]) -> Shape:
        connection = psycopg2.connect(self.url)
        try:
            connection.autocommit = True
            with connection.cursor() as speaker:
                return question(speaker)
        finally:
            connection.close()


def _shape(speaker: cursor) -> Shape:
    speaker.execute(SHAPE)
    return speaker.fetchall()[0]


def _empty(speaker: cursor) -> Shape:
    """Delete every row, past foreign keys and triggers, and return the shape of what is left."""
    speaker.execute(DISMISS)
    speaker.execute(TABLES)
    delete = SQL("DELETE FROM {}")
    deletions = [delete.format(Identifier(table)) for (table,) in speaker.fetchall()]
    speaker.execute("SET session_replication_role = replica")
    speaker.execute(SQL("; ").join(deletions))
    return _shape(speaker)
