"""Jobs: what is done now and then, by one runner at a time across all processes."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from treno_chat.actions import retention, sessions, signals
from treno_chat.actions.transaction import Transaction, Transactions
from treno_chat.stores import jobs as leases


@dataclass(frozen=True, kw_only=True, slots=True)
class Job:
    """A piece of work and how often it is due."""

    name: str
    every: timedelta
    run: Callable[[Transactions], int | None]


@dataclass(frozen=True, kw_only=True, slots=True)
class JobDone:
    """A job that ran, and how many things it dealt with (where it counts them)."""

    name: str
    result: int | None


def in_one_unit(
    action: Callable[[Transaction], int | None],
) -> Callable[[Transactions], int | None]:
    """Return the action as a job of a single unit of work."""

    def run(transactions: Transactions) -> int | None:
        with transactions.writing() as tx:
            return action(tx)

    return run


JOBS = (
    # Opens units of its own: one for each room and batch, in turn with what happens there.
    Job(name="retention", every=timedelta(seconds=60), run=retention.forget),
    Job(
        name="expired sessions",
        every=timedelta(seconds=60),
        run=in_one_unit(sessions.end_expired),
    ),
    Job(name="signals", every=timedelta(minutes=10), run=in_one_unit(signals.sweep_signals)),
)


def run_due(transactions: Transactions, holder: str) -> list[JobDone]:
    """Run every job whose turn has come and that nobody else took."""
    return [run(transactions, job) for job in JOBS if _take(transactions, job, holder=holder)]


def run(transactions: Transactions, job: Job) -> JobDone:
    """Run one job, due or not."""
    return JobDone(name=job.name, result=job.run(transactions))


def _take(transactions: Transactions, job: Job, *, holder: str) -> bool:
    # The lease is the turn: taken until the job is due again, so nobody runs it twice meanwhile.
    with transactions.writing() as tx:
        return leases.take(tx.db, job.name, holder=holder, now=tx.now, until=tx.now + job.every)
