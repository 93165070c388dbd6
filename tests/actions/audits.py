"""What was written down about somebody."""

from sqlmodel import col, select

from treno_chat.actions.transaction import Transactions
from treno_chat.domain.ids import UserId
from treno_chat.stores import tables


def kinds_of(transactions: Transactions, user_id: UserId) -> list[str]:
    """Return the kinds of a person's events, the oldest first."""
    with transactions.reading() as tx:
        query = select(tables.AuthEvent.kind).where(tables.AuthEvent.user_id == user_id)
        return list(tx.db.exec(query.order_by(col(tables.AuthEvent.id))).all())
