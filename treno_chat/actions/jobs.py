"""Jobs: what is done now and then, by one runner at a time across all processes."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import structlog

from treno_chat.actions import audit
from treno_chat.actions.account import erasure
from treno_chat.actions.assistant import open_questions
from treno_chat.actions.door import sessions
from treno_chat.actions.operations import leftovers, retention, signals
from treno_chat.actions.operations.readiness import DATABASE_AWAY, note_away
from treno_chat.actions.other_ways import external_attempts, mail_links
from treno_chat.actions.tokens import signing_keys
from treno_chat.actions.transaction import Transaction, Transactions
from treno_chat.stores.operations import jobs as leases

log = structlog.get_logger(__name__)


@dataclass(frozen=True, kw_only=True, slots=True)
class Job:
    """A piece of work and how often it is due."""

    name: str
    every: timedelta
    run: Callable[[Transactions], int | None]


@dataclass(frozen=True, kw_only=True, slots=True)
class JobRun:
    """A job that ran, and how many things it dealt with (where it counts them).

    Of one that failed the log tells why.
    """

    name: str
    result: int | None = None
    has_failed: bool = False


def in_one_unit(
    action: Callable[[Transaction], int | None],
) -> Callable[[Transactions], int | None]:
    """Return the action as a job of a single unit of work."""

    def run(transactions: Transactions) -> int | None:
        with transactions.writing() as tx:
            return action(tx)

    return run


SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
JOBS = (
    # Opens units of its own: one for each room and batch, in turn with what happens there.
    Job(name="retention", every=MINUTE, run=retention.forget),
    # Opens a unit for each person, in turn with the rooms where they said something.
    Job(name="erasures", every=5 * SECOND, run=erasure.erase_due),
    Job(name="expired sessions", every=MINUTE, run=in_one_unit(sessions.end_expired)),
    Job(name="challenges", every=10 * MINUTE, run=in_one_unit(leftovers.forget_challenges)),
    Job(name="resting aliases", every=10 * MINUTE, run=in_one_unit(leftovers.forget_quarantines)),
    Job(name="codes", every=10 * MINUTE, run=in_one_unit(leftovers.forget_verifications)),
    Job(name="links by mail", every=HOUR, run=in_one_unit(mail_links.forget_links)),
    Job(name="addresses", every=HOUR, run=in_one_unit(leftovers.forget_unproven)),
    Job(name="logins elsewhere", every=HOUR, run=in_one_unit(external_attempts.forget_attempts)),
    Job(name="recoveries", every=HOUR, run=in_one_unit(leftovers.forget_recoveries)),
    Job(name="notices", every=HOUR, run=in_one_unit(leftovers.forget_notices)),
    Job(name="outbox", every=HOUR, run=in_one_unit(leftovers.forget_outbox)),
    # After the messages, the sessions: whatever those let go of goes in the same round.
    Job(name="guests", every=10 * MINUTE, run=in_one_unit(leftovers.forget_guests)),
    Job(name="signing keys", every=HOUR, run=in_one_unit(signing_keys.rotate_by_age)),
    Job(name="open questions", every=HOUR, run=in_one_unit(open_questions.forget_open_questions)),
    Job(name="auth events", every=HOUR, run=in_one_unit(audit.forget_old)),
    Job(name="signals", every=10 * MINUTE, run=in_one_unit(signals.sweep_signals)),
)


def run_due(transactions: Transactions, holder: str) -> list[JobRun]:
    """Run every job whose turn has come and that nobody else took."""
    return [run(transactions, job) for job in JOBS if _take(transactions, job, holder=holder)]


def run(transactions: Transactions, job: Job) -> JobRun:
    """Run one job, due or not; whatever it stumbles over is logged, and is no other job's."""
    try:
        result = job.run(transactions)
        _note_done(transactions, job)
    except DATABASE_AWAY as away:
        note_away(away, job=job.name)
    except Exception:  # The last place that knows which job it was; the others must not wait.
        log.exception("job_failed", job=job.name)
    else:
        return JobRun(name=job.name, result=result)
    return JobRun(name=job.name, has_failed=True)


def _take(transactions: Transactions, job: Job, *, holder: str) -> bool:
    # The lease is the turn: taken until the job is due again, so nobody runs it twice meanwhile.
    with transactions.writing() as tx:
        return leases.take(tx.db, job.name, holder=holder, now=tx.now, until=tx.now + job.every)


def _note_done(transactions: Transactions, job: Job) -> None:
    # The lease says only that it was tried. A power cut may undo this: it is done again soon.
    with transactions.writing(is_durable=False) as tx:
        leases.note_done(tx.db, job.name, at=tx.now)
