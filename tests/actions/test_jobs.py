"""What is done now and then, by one runner at a time."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from tests.actions.worlds import leave, say
from tests.conftest import Heard, StoppedClock
from treno_chat.actions.jobs import JOBS, Job, JobDone, in_one_unit, run, run_due
from treno_chat.actions.transaction import Transaction, Transactions
from treno_chat.domain.door.sessions import Principal
from treno_chat.domain.places import Room
from treno_chat.domain.talk.events import MessagesGone

EACH_MINUTE = ["retention", "erasures", "expired sessions"]


def names(done: list[JobDone]) -> list[str]:
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
    def come(holder: str) -> list[JobDone]:
        return run_due(transactions, holder)

    for _round in range(2):
        with ThreadPoolExecutor(8) as pool:
            rounds = list(pool.map(come, "abcdefgh"))

        done = [name for each in rounds for name in names(each)]
        assert sorted(done) == sorted(job.name for job in JOBS)
        clock.pass_(timedelta(minutes=60))


def test_the_job_of_retention_says_what_it_deleted_and_everybody_hears_it(
    transactions: Transactions, clock: StoppedClock, heard: Heard, ada: Principal, train: Room
) -> None:
    with transactions.writing() as tx:
        say(tx, ada, train, "uno", "due")
        leave(tx, ada)
    heard.events.clear()
    clock.pass_(timedelta(hours=2))

    done = run_due(transactions, "one")

    assert JobDone(name="retention", result=2) in done
    assert MessagesGone(room_id=train.id, seqs=(1, 2), rev=3) in heard.events


def test_a_job_of_one_unit_is_committed_and_told(
    transactions: Transactions, ada: Principal
) -> None:
    def let_ada_leave(tx: Transaction) -> int:
        leave(tx, ada)
        return 1

    job = Job(name="leaving", every=timedelta(seconds=1), run=in_one_unit(let_ada_leave))

    assert run(transactions, job) == JobDone(name="leaving", result=1)
    with transactions.reading() as tx:
        assert (
            tx.db.connection()
            .exec_driver_sql("SELECT count(*) FROM visit WHERE left_at IS NULL")
            .scalar_one()
            == 0
        )
