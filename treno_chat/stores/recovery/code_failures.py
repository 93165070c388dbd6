"""Wrong codes in the database, counted by account or by number."""

from datetime import datetime

from sqlmodel import Session, col, delete

from treno_chat.domain.recovery.codes import Failures
from treno_chat.stores import tables


def get(db: Session, subject: str, *, now: datetime) -> Failures:
    """Return the count of an account or a number."""
    row = db.get(tables.CodeFailures, subject, populate_existing=True)
    if row is None:
        return Failures(window_ends_at=now)
    return Failures(
        in_window=row.in_window if row.window_ends_at > now else 0,
        window_ends_at=row.window_ends_at,
        in_a_row=row.in_a_row,
    )


def put(db: Session, subject: str, failures: Failures) -> None:
    """Keep a count; the caller has its turn, so nobody else counts meanwhile."""
    row = tables.CodeFailures(
        subject=subject,
        in_window=failures.in_window,
        window_ends_at=failures.window_ends_at,
        in_a_row=failures.in_a_row,
    )
    db.merge(row)
    db.flush()


def remove(db: Session, subject: str) -> None:
    """Forget the count: the right code was given."""
    db.exec(delete(tables.CodeFailures).where(col(tables.CodeFailures.subject) == subject))


def remove_quiet_since(db: Session, before: datetime) -> int:
    """Forget the counts that nobody added to for long, and return how many those were."""
    query = delete(tables.CodeFailures).where(col(tables.CodeFailures.window_ends_at) <= before)
    return db.exec(query).rowcount
