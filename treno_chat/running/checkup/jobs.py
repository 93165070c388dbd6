"""What the check-up sees of the jobs: what has to be deleted on time is deleted by them."""

from datetime import datetime, timedelta

from sqlmodel import Session

from treno_chat.actions.jobs import JOBS
from treno_chat.running.checkup.finding import Findings, ok, warning
from treno_chat.stores.operations import jobs

LATE = timedelta(minutes=10)
RUN = "start a server, or run `python -m treno_chat jobs run`."


def look_at_jobs(db: Session, *, now: datetime) -> Findings:
    """Look at when every job was last done: one that always fails is taken all the same."""
    done_at = jobs.all_done(db)
    late = {job.name for job in JOBS if _is_late(done_at.get(job.name), job.every, now=now)}
    if not done_at:
        yield warning(f"no job ever ran: {RUN}")
    elif len(late) == len(JOBS):
        since = max((each for each in done_at.values() if each), default=None)
        said = (
            "no job was ever done" if since is None else f"no job was done since {_minute(since)}"
        )
        yield warning(f"{said}, words outlive their time: {RUN}")
    elif late:
        yield warning(
            f"not done for too long: {', '.join(sorted(late))}; see job_failed in the log."
        )
    else:
        yield ok("jobs run")


def _is_late(done_at: datetime | None, every: timedelta, *, now: datetime) -> bool:
    return done_at is None or done_at + every + LATE < now


def _minute(time: datetime) -> str:
    return f"{time:%Y-%m-%d %H:%M} UTC"
