"""Refusals by the hundred: one is written down, and a minute later how many more there were."""

from collections.abc import Generator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlmodel import select

from treno_chat.actions.often import note_refusal
from treno_chat.actions.transaction import Transactions
from treno_chat.domain.operations.auth_events import AuthEventKind
from treno_chat.stores import tables

Clock = time_machine.Traveller


@pytest.fixture
def ticking() -> Generator[Clock]:
    with time_machine.travel(datetime(2026, 11, 21, 8, 30, tzinfo=UTC), tick=False) as traveller:
        yield traveller


def _details(transactions: Transactions) -> list[str]:
    with transactions.reading() as tx:
        return sorted(tx.db.exec(select(tables.AuthEvent.detail)).all())


def _hammer(transactions: Transactions, session: str, times: int = 1) -> None:
    for _ in range(times):
        note_refusal(transactions, AuthEventKind.LIMITED, session_id=session, detail="send")


def test_who_hammers_is_written_down_once_a_minute_with_the_count(
    transactions: Transactions, ticking: Clock
) -> None:
    _hammer(transactions, "ada", 100)
    assert _details(transactions) == ["send"]

    ticking.shift(timedelta(seconds=60))
    _hammer(transactions, "ada", 100)
    assert _details(transactions) == ["send", "send (99 more before)"]


def test_nobody_is_passed_over_because_of_somebody_else(
    transactions: Transactions, ticking: Clock
) -> None:
    _hammer(transactions, "ada", 3)
    _hammer(transactions, "bruno")
    note_refusal(transactions, AuthEventKind.EVENT_DENIED, session_id="ada", detail="setvar")

    assert _details(transactions) == ["send", "send", "setvar"]
