"""The leases of jobs: who runs what, until when."""

from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, col

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
