"""Whether the database can serve this program."""

import structlog
from sqlalchemy.exc import InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from treno_chat.actions.transaction import Transactions
from treno_chat.stores.database import is_of_another_unit
from treno_chat.stores.operations import revisions

log = structlog.get_logger(__name__)

# What is raised when it does not answer, or too many wait for it: worth trying again.
DATABASE_AWAY: tuple[type[Exception], ...] = (OperationalError, InterfaceError, PoolTimeout)


def note_away(fault: Exception, **about: str) -> None:
    """Write down that the database did not answer; another unit in the way is no fault."""
    if is_of_another_unit(fault):
        log.warning("database_busy", **about)
    else:
        log.error("database_away", exc_info=fault, **about)


def is_at_revision(transactions: Transactions, revision: str) -> bool:
    """Say whether the database answers, and its tables are as this program expects them."""
    try:
        with transactions.reading() as tx:
            return revisions.get(tx.db) == revision
    except SQLAlchemyError:
        # Away, or never migrated: the same to whoever asks whether to send people here.
        return False
