"""Watching the statements that reach a database."""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import event

from treno_chat.actions.transaction import Transaction
from treno_chat.stores.database import Database


@dataclass(frozen=True, kw_only=True, slots=True)
class Statement:
    """A statement as the driver got it."""

    sql: str
    parameters: Any

    @property
    def verb(self) -> str:
        """What it does."""
        return self.sql.split()[0]


@contextmanager
def statements(database: Database) -> Generator[list[Statement]]:
    """Take note of every statement that reaches the database."""
    seen: list[Statement] = []

    def note(_connection: object, _cursor: object, sql: str, parameters: Any, *_: object) -> None:  # noqa: ANN401 -- the driver's own
        seen.append(Statement(sql=sql, parameters=parameters))

    event.listen(database.engine, "before_cursor_execute", note)
    yield seen
    event.remove(database.engine, "before_cursor_execute", note)


def explain(tx: Transaction, statement: Statement) -> str:
    """Return how the database would go about a statement."""
    connection = tx.db.connection()
    how = "EXPLAIN QUERY PLAN" if connection.dialect.name == "sqlite" else "EXPLAIN"
    rows = connection.exec_driver_sql(f"{how} {statement.sql}", statement.parameters)
    return "\n".join(str(row[-1]) for row in rows)
