"""Who is behind a session, in the database."""

from collections.abc import Mapping, Sequence

import pytest
from sqlalchemy import Connection, event, text

from treno_chat.stores.database import Database
from treno_chat.stores.door import principals

Parameters = Sequence[str] | Mapping[str, str]


@pytest.mark.parametrize("is_by_token", [True, False])
def test_who_is_behind_a_session_is_found_by_indexes_alone(
    database: Database, *, is_by_token: bool
) -> None:
    asked: list[tuple[str, Parameters]] = []
    find = principals.get_by_token if is_by_token else principals.get
    with database.reading() as db:
        connection = db.connection()
        event.listen(
            connection,
            "before_cursor_execute",
            lambda *arguments: asked.append((arguments[2], arguments[3])),
        )
        assert find(db, "nobody's") is None
        ((statement, parameters),) = asked

        plan = explain(connection, statement, parameters, is_sqlite=database.is_sqlite)

    assert "INDEX" in plan
    assert "SCAN" not in plan.replace("INDEX SCAN", "").replace("INDEX ONLY SCAN", "")


def explain(
    connection: Connection, statement: str, parameters: Parameters, *, is_sqlite: bool
) -> str:
    """Return how the database goes about a query, in capitals."""
    if not is_sqlite:
        # Tables this small are read whole unless that is ruled out.
        connection.execute(text("SET LOCAL enable_seqscan = off"))
        connection.execute(text("SET LOCAL enable_bitmapscan = off"))
    cursor = connection.connection.cursor()
    cursor.execute(f"EXPLAIN {'QUERY PLAN ' if is_sqlite else ''}{statement}", parameters)
    return "\n".join(str(row) for row in cursor.fetchall()).upper()
