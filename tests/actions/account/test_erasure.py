"""Leaving no trace: ten seconds to think again, then nothing is left in one go."""

from datetime import timedelta

import pytest
from sqlmodel import select

from tests.actions.account.leaving import TEN_SECONDS, ask, is_here
from tests.actions.audits import kinds_of
from tests.actions.worlds import say
from tests.conftest import StoppedClock
from tests.support.accounts import log_in, sign_up
from tests.support.authenticator import Authenticator
from tests.support.races import at_once
from treno_chat.actions.account.erasure import erase_due, finish_erasure, undo_erasure
from treno_chat.actions.account.overview import view_account
from treno_chat.actions.jobs import JOBS
from treno_chat.actions.transaction import Transactions
from treno_chat.domain.account.erasures import Erased
from treno_chat.domain.door.sessions import Principal
from treno_chat.domain.places import Room
from treno_chat.domain.refusals import Conflict, Forbidden, TooFast
from treno_chat.stores import tables

PRIVATE = (
    tables.User,
    tables.LoginSession,
    tables.Passkey,
    tables.RecoveryCode,
    tables.Membership,
    tables.StaffRole,
    tables.Visit,
    tables.Notice,
    tables.Challenge,
    tables.Password,
    tables.MailLink,
    tables.ExternalLogin,
    tables.Task,
    tables.Conversation,
    tables.Utterance,
)


def test_nothing_is_erased_before_ten_seconds_have_passed(
    transactions: Transactions, clock: StoppedClock, dora: Principal
) -> None:
    assert ask(transactions, dora) == 10
    clock.pass_(timedelta(seconds=4))

    assert ask(transactions, dora) == 6
    with pytest.raises(TooFast) as refused:
        finish_erasure(transactions, dora)
    assert refused.value.seconds == 6
    assert erase_due(transactions) == 0
    assert is_here(transactions, dora)


def test_whoever_thinks_again_has_lost_nothing(
    transactions: Transactions, clock: StoppedClock, dora: Principal, key: Authenticator
) -> None:
    ask(transactions, dora)
    with transactions.reading() as tx:
        assert view_account(tx, dora).profile.erasure_due_at == clock.now + TEN_SECONDS
    other = log_in(transactions, key).principal
    with transactions.writing() as tx:
        undo_erasure(tx, other)
    clock.pass_(timedelta(minutes=1))

    assert erase_due(transactions) == 0
    with pytest.raises(Conflict, match="erasure_not_asked"):
        finish_erasure(transactions, dora)
    assert is_here(transactions, dora)
    assert {"erasure_asked", "erasure_undone"} <= set(kinds_of(transactions, dora.user.id))


def test_nobody_can_call_off_what_nobody_asked_for(
    transactions: Transactions, dora: Principal
) -> None:
    with transactions.writing() as tx:
        undo_erasure(tx, dora)

    assert "erasure_undone" not in kinds_of(transactions, dora.user.id)


def test_s62_nothing_of_the_person_is_left_and_the_counts_are_told(
    transactions: Transactions, clock: StoppedClock, dora: Principal
) -> None:
    ask(transactions, dora)
    clock.pass_(TEN_SECONDS)

    assert finish_erasure(transactions, dora) == Erased(
        sessions=2,
        passkeys=1,
        codes=10,
        phone=1,
        memberships=1,
        messages=2,
        tasks=1,
        conversations=1,
    )
    with transactions.reading() as tx:
        for table in PRIVATE:
            rows = tx.db.exec(select(table)).all()
            assert not any(dora.user.id in row.model_dump().values() for row in rows), table
        for message in tx.db.exec(select(tables.Message)).all():
            assert (message.body, message.author_id, message.author_alias) == (None, None, None)
    assert kinds_of(transactions, dora.user.id)[-1] == "erased"


def test_erasing_asks_for_a_fresh_proof(
    transactions: Transactions, clock: StoppedClock, dora: Principal
) -> None:
    clock.pass_(timedelta(minutes=11))

    with pytest.raises(Forbidden, match="step_up_needed"):
        ask(transactions, dora)


def test_guests_can_do_it_without_one(
    transactions: Transactions, clock: StoppedClock, ada: Principal, train: Room
) -> None:
    with transactions.writing() as tx:
        say(tx, ada, train, "Ciao!")
    clock.pass_(timedelta(hours=1))
    ask(transactions, ada)
    clock.pass_(TEN_SECONDS)

    assert finish_erasure(transactions, ada) == Erased(
        sessions=1,
        passkeys=0,
        codes=0,
        phone=0,
        memberships=0,
        messages=1,
        tasks=0,
        conversations=0,
    )
    assert not is_here(transactions, ada)


def test_a_guest_who_makes_an_account_meanwhile_stays(
    transactions: Transactions, clock: StoppedClock, ada: Principal, key: Authenticator
) -> None:
    ask(transactions, ada)
    sign_up(transactions, key, alias="Ada", current=ada)
    clock.pass_(timedelta(minutes=1))

    assert erase_due(transactions) == 0
    assert is_here(transactions, ada)


def test_the_job_does_it_when_the_page_is_gone(
    transactions: Transactions, clock: StoppedClock, ada: Principal, dora: Principal
) -> None:
    assert next(job for job in JOBS if job.run is erase_due).every <= timedelta(seconds=5)
    ask(transactions, dora)
    clock.pass_(timedelta(seconds=14))
    assert erase_due(transactions) == 0
    clock.pass_(timedelta(seconds=1))

    assert erase_due(transactions) == 1
    assert not is_here(transactions, dora)
    assert is_here(transactions, ada)
    assert erase_due(transactions) == 0


def test_s49_done_twice_at_once_it_is_done_once(
    transactions: Transactions, clock: StoppedClock, dora: Principal
) -> None:
    ask(transactions, dora)
    clock.pass_(TEN_SECONDS)
    counts: list[int] = []

    def finish() -> None:
        counts.append(finish_erasure(transactions, dora).messages)

    outcomes = at_once(finish, finish)

    assert outcomes.count("in") == 1
    assert set(outcomes) <= {"in", "erasure_not_asked", "not_signed_in"}
    assert counts == [2]
