"""What the tests of sessions ask and make besides."""

from datetime import timedelta

from sqlmodel import select

from treno_chat.actions.transaction import Transaction
from treno_chat.domain.door.sessions import Principal
from treno_chat.stores import tables

SLUG = "treno-lucca-aulla"
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def visit_of(tx: Transaction, principal: Principal) -> tables.Visit:
    """Return the visit of a session as it is now."""
    query = select(tables.Visit).where(tables.Visit.id == principal.visit_id)
    return tx.db.exec(query.execution_options(populate_existing=True)).one()
