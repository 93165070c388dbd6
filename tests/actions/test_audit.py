"""The audit: a row and a line for what came to pass, and for what was refused."""

import pytest
import structlog
from structlog.testing import capture_logs

from treno_chat.actions.audit import record, record_refusal
from treno_chat.actions.transaction import Transactions
from treno_chat.domain.operations.auth_events import AuthEvent, AuthEventKind, Outcome
from treno_chat.stores.operations import auth_events


def _of(transactions: Transactions, user_id: str) -> list[AuthEvent]:
    with transactions.reading() as tx:
        return list(auth_events.of_user(tx.db, user_id))


def test_what_happened_to_ada_is_a_row_and_a_line(transactions: Transactions) -> None:
    with capture_logs() as lines, transactions.writing() as tx:
        record(tx, AuthEventKind.LOGGED_IN, user_id="ada", session_id="s", address="192.0.2.7")
        assert lines == []

    [event] = _of(transactions, "ada")
    assert (event.kind, event.outcome) == (AuthEventKind.LOGGED_IN, Outcome.OK)
    assert (event.at, event.session_id, event.address) == (tx.now, "s", "192.0.2.7")
    assert [(line["event"], line["user"], line["outcome"]) for line in lines] == [
        ("logged_in", "ada", "ok")
    ]


def test_what_did_not_come_to_pass_is_nowhere(transactions: Transactions) -> None:
    def fail_midway() -> None:
        with transactions.writing() as tx:
            record(tx, AuthEventKind.LOGGED_IN, user_id="ada")
            raise KeyError

    with capture_logs() as lines, pytest.raises(KeyError):
        fail_midway()

    assert _of(transactions, "ada") == []
    assert lines == []


def test_a_refusal_is_written_down_by_itself(transactions: Transactions) -> None:
    with capture_logs() as lines:
        record_refusal(transactions, AuthEventKind.LOGIN_REFUSED, user_id="ada", detail="A14")

    [event] = _of(transactions, "ada")
    assert (event.outcome, event.detail) == (Outcome.REFUSED, "A14")
    assert [line["log_level"] for line in lines] == ["warning"]


def test_the_address_is_that_of_the_request_where_nobody_names_one(
    transactions: Transactions,
) -> None:
    with structlog.contextvars.bound_contextvars(address="192.0.2.9"):
        record_refusal(transactions, AuthEventKind.EVENT_DENIED, user_id="bruno")

    assert [event.address for event in _of(transactions, "bruno")] == ["192.0.2.9"]


def test_no_detail_is_an_error_of_the_database(transactions: Transactions) -> None:
    record_refusal(transactions, AuthEventKind.EVENT_DENIED, user_id="ada", detail="\0\ud800" * 200)

    [event] = _of(transactions, "ada")
    assert event.detail == "\ufffd?" * 100
