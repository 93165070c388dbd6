"""Adding a row that may be there already, without giving the unit of work up."""

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, SQLModel


def add_unless_there(db: Session, row: SQLModel) -> bool:
    """Store a row; False when one with its key, or with something unique of it, is there."""
    try:
        with db.begin_nested():
            db.add(row)
    except IntegrityError:
        return False
    return True
