"""What is done now and then, by one runner at a time."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from tests.actions.worlds import leave, say
from tests.conftest import Heard, StoppedClock
from treno_chat.actions import jobs
from treno_chat.actions.jobs import JOBS, Job, JobRun, in_one_unit, run, run_due
from treno_chat.actions.transaction import Transaction, Transactions
from treno_chat.domain.door.sessions import Principal
from treno_chat.domain.places import Room
from treno_chat.domain.talk.events import MessagesGone
from treno_chat.stores.tables import JobLease

EACH_MINUTE = ["retention", "erasures", "expired sessions"]


def names(done: list[JobRun]) -> list[str]:
    return [each.name for each in done]


def test_every_job_runs_when_it_is_due_and_not_before(
    transactions: Transactions, clock: StoppedClock
) -> None:
    assert names(run_due(transactions, "one")) == [job.name for job in JOBS]

    clock.pass_(timedelta(seconds=4))
    assert run_due(transactions, "one") == []

    clock.pass_(timedelta(seconds=55))
    assert names(run_due(transactions, "one")) == ["erasures"]

    clock.pass_(timedelta(seconds=5))
    assert names(run_due(transactions, "one")) == EACH_MINUTE

    clock.pass_(timedelta(minutes=60))
    assert names(run_due(transactions, "one")) == [job.name for job in JOBS]


def test_what_one_process_does_no_other_does_as_well(
    transactions: Transactions, clock: StoppedClock
) -> None:
    assert len(run_due(transactions, "one")) == len(JOBS)
    assert run_due(transactions, "two") == []

    clock.pass_(timedelta(seconds=60))
    assert names(run_due(transactions, "two")) == EACH_MINUTE
    assert run_due(transactions, "one") == []


def test_of_many_processes_that_come_at_once_one_does_each_job(
    transactions: Transactions, clock: StoppedClock
) -> None:
    def come(holder: str) -> list[JobRun]:
        return run_due(transactions, holder)

    for _round in range(2):
        with ThreadPoolExecutor(8) as pool:
            rounds = list(pool.map(come, "abcdefgh"))

        done = [name for each in rounds for name in names(each)]
        assert sorted(done) == sorted(job.name for job in JOBS)
        clock.pass_(timedelta(minutes=60))


def test_a_job_that_fails_is_told_and_takes_nothing_from_the_others(
    transactions: Transactions, clock: StoppedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumble(_tx: Transaction) -> int:
        raise ZeroDivisionError

    def count(_tx: Transaction) -> int:
        return 1

    minute = timedelta(minutes=1)
    all_jobs = [
        Job(name=name, every=minute, run=in_one_unit(action))
        for name, action in (("first", stumble), ("second", count))
    ]
    monkeypatch.setattr(jobs, "JOBS", all_jobs)

    with capture_logs() as lines:
        ran = run_due(transactions, "one")
        clock.pass_(minute)
        again = run_due(transactions, "one")

    assert ran == again == [JobRun(name="first", has_failed=True), JobRun(name="second", result=1)]
    told = [(one["event"], one["job"], one["exc_info"]) for one in lines]
    assert told == [("job_failed", "first", True)] * 2
    with transactions.reading() as tx:
        done_at = {name: tx.db.get_one(JobLease, name).done_at for name in ("first", "second")}
    assert done_at == {"first": None, "second": clock.now}


def test_the_job_of_retention_says_what_it_deleted_and_everybody_hears_it(
    transactions: Transactions, clock: StoppedClock, heard: Heard, ada: Principal, train: Room
) -> None:
    with transactions.writing() as tx:
        say(tx, ada, train, "uno", "due")
        leave(tx, ada)
    heard.events.clear()
    clock.pass_(timedelta(hours=2))

    done = run_due(transactions, "one")

    assert JobRun(name="retention", result=2) in done
    assert MessagesGone(room_id=train.id, seqs=(1, 2), rev=3) in heard.events


def test_a_job_of_one_unit_is_committed_and_told(
    transactions: Transactions, ada: Principal
) -> None:
    def let_ada_leave(tx: Transaction) -> int:
        leave(tx, ada)
        return 1

    job = Job(name="leaving", every=timedelta(seconds=1), run=in_one_unit(let_ada_leave))

    assert run(transactions, job) == JobRun(name="leaving", result=1)
    with transactions.reading() as tx:
        assert (
            tx.db.connection()
            .exec_driver_sql("SELECT count(*) FROM visit WHERE left_at IS NULL")
            .scalar_one()
            == 0
        )
