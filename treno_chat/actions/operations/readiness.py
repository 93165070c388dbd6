"""Whether the database can serve this program."""

from sqlalchemy.exc import InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from treno_chat.actions.transaction import Transactions
from treno_chat.stores.operations import revisions

# What is raised when it does not answer, or too many wait for it: worth trying again.
DATABASE_AWAY: tuple[type[Exception], ...] = (OperationalError, InterfaceError, PoolTimeout)


def is_at_revision(transactions: Transactions, revision: str) -> bool:
    """Say whether the database answers, and its tables are as this program expects them."""
    try:
        with transactions.reading() as tx:
            return revisions.get(tx.db) == revision
    except SQLAlchemyError:
        # Away, or never migrated: the same to whoever asks whether to send people here.
        return False
