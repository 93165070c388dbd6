"""Auth events are only ever added to: the database itself refuses everything else."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, delete, update

from treno_chat.actions.audit import forget_old
from treno_chat.actions.transaction import Transactions
from treno_chat.domain.ids import new_id
from treno_chat.domain.operations.auth_events import AuthEvent, AuthEventKind, Outcome
from treno_chat.stores import tables
from treno_chat.stores.database import Database
from treno_chat.stores.operations import auth_events

Deed = Callable[[Session], object]


def _happened(database: Database, *, days_ago: float) -> None:
    event = AuthEvent(
        id=new_id(),
        at=datetime.now(UTC) - timedelta(days=days_ago),
        kind=AuthEventKind.LOGGED_IN,
        outcome=Outcome.OK,
        user_id="ada",
    )
    with database.writing() as db:
        auth_events.add(db, event)


def _kept(database: Database) -> int:
    with database.reading() as db:
        return len(auth_events.of_user(db, "ada"))


def _do(database: Database, deed: Deed) -> None:
    with database.writing() as db:
        deed(db)


def _rewrite(db: Session) -> object:
    return db.exec(update(tables.AuthEvent).values(user_id="bruno"))


def _erase(db: Session) -> object:
    return db.exec(delete(tables.AuthEvent).where(col(tables.AuthEvent.user_id) == "ada"))


@pytest.mark.parametrize("deed", [_rewrite, _erase])
def test_what_happened_to_ada_can_be_neither_rewritten_nor_erased(
    database: Database, deed: Deed
) -> None:
    _happened(database, days_ago=29.9)

    with pytest.raises(IntegrityError, match="auth events are"):
        _do(database, deed)

    assert _kept(database) == 1


def test_not_even_an_old_event_can_be_rewritten(database: Database) -> None:
    _happened(database, days_ago=31)

    with pytest.raises(IntegrityError, match="never changed"):
        _do(database, _rewrite)


def test_events_go_after_thirty_days_and_only_then(
    database: Database, transactions: Transactions
) -> None:
    transactions.clock = lambda: datetime.now(UTC)
    _happened(database, days_ago=30.1)
    _happened(database, days_ago=29.9)

    with transactions.writing() as tx:
        assert forget_old(tx) == 1

    assert _kept(database) == 1


def test_a_clock_that_runs_ahead_forgets_nothing_too_early(
    database: Database, transactions: Transactions
) -> None:
    transactions.clock = lambda: datetime.now(UTC) + timedelta(days=400)
    _happened(database, days_ago=1)

    with transactions.writing() as tx:
        assert forget_old(tx) == 0
