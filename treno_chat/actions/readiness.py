"""Whether the database can serve this program."""

from sqlalchemy.exc import SQLAlchemyError

from treno_chat.actions.transaction import Transactions
from treno_chat.stores import revisions


def is_at_revision(transactions: Transactions, revision: str) -> bool:
    """Say whether the database answers, and its tables are as this program expects them."""
    try:
        with transactions.reading() as tx:
            return revisions.get(tx.db) == revision
    except SQLAlchemyError:
        # Away, or never migrated: the same to whoever asks whether to send people here.
        return False
