"""Signing up, step by step, as the tests do it."""

from sqlmodel import select

from tests.support.accounts import BROWSER, SLUG
from tests.support.authenticator import Authenticator
from treno_chat.actions.door.challenges import Begun
from treno_chat.actions.door.passkeys import begin_sign_up, finish_sign_up
from treno_chat.actions.transaction import Transaction, Transactions
from treno_chat.domain.door.sessions import Entered, Principal
from treno_chat.stores import tables


def begin(
    tx: Transaction,
    *,
    alias: str = "Dora",
    phone: str = "345 678 9012",
    current: Principal | None = None,
) -> Begun:
    """Hand the form in."""
    return begin_sign_up(
        tx,
        place_slug=SLUG,
        alias=alias,
        gender="other",
        phone=phone,
        region="IT",
        current=current,
    )


def finish(
    transactions: Transactions,
    begun: Begun,
    answer: object,
    *,
    current: Principal | None = None,
    place_slug: str = SLUG,
) -> Entered:
    """Hand the authenticator's answer in."""
    return finish_sign_up(
        transactions,
        handle_token=begun.handle_token,
        credential=answer,
        place_slug=place_slug,
        device=BROWSER,
        current=current,
    )


def sign_up(
    transactions: Transactions,
    authenticator: Authenticator,
    *,
    alias: str = "Dora",
    current: Principal | None = None,
) -> Entered:
    """Sign somebody up from beginning to end."""
    with transactions.writing() as tx:
        begun = begin(tx, alias=alias, current=current)
    return finish(transactions, begun, authenticator.create(begun.options), current=current)


def people(transactions: Transactions) -> dict[str, bool]:
    """Return who there is, and whether as a guest."""
    with transactions.reading() as tx:
        rows = tx.db.exec(select(tables.User)).all()
        return {row.alias: row.is_anonymous for row in rows}
