"""The leases of jobs: who runs what, until when, and when it was last done."""

from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, col, select

from treno_chat.stores.adding import add_unless_there
from treno_chat.stores.tables import JobLease


def take(db: Session, name: str, *, holder: str, now: datetime, until: datetime) -> bool:
    """Take a job until a time; False while somebody's turn lasts."""
    if db.get(JobLease, name) is None:
        # Another process may be first: its turn.
        return add_unless_there(db, JobLease(name=name, holder=holder, until=until))
    taken = db.exec(
        update(JobLease)
        .where(col(JobLease.name) == name, col(JobLease.until) <= now)
        .values(holder=holder, until=until)
    )
    return taken.rowcount == 1


def note_done(db: Session, name: str, *, at: datetime) -> None:
    """Keep that a job was done, and not only taken."""
    db.exec(update(JobLease).where(col(JobLease.name) == name).values(done_at=at))


def all_done(db: Session) -> dict[str, datetime | None]:
    """Return of every job that was ever taken when it was last done, None for never."""
    return {lease.name: lease.done_at for lease in db.exec(select(JobLease)).all()}
