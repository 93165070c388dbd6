"""Which revision the tables are at, as the migrations wrote it down."""

from sqlalchemy import text
from sqlmodel import Session


def get(db: Session) -> str | None:
    """Return the revision; None when the migrations never ran to an end."""
    row = db.connection().execute(text("SELECT version_num FROM alembic_version")).first()
    return None if row is None else str(row[0])
