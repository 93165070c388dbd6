"""Logging in, step by step, as the tests do it."""

from tests.support.accounts import BROWSER, SLUG
from tests.support.authenticator import Authenticator, Lie
from treno_chat.actions.door.challenges import Begun
from treno_chat.actions.door.claims import read_claim
from treno_chat.actions.door.passkeys import (
    begin_login,
    finish_login,
)
from treno_chat.actions.transaction import Transactions
from treno_chat.domain.door.sessions import Entered, Principal


def begin(transactions: Transactions) -> Begun:
    """Ask for a login."""
    with transactions.writing() as tx:
        return begin_login(tx)


def finish(
    transactions: Transactions,
    begun: Begun,
    answer: object,
    *,
    current: Principal | None = None,
    place_slug: str = SLUG,
) -> Entered:
    """Hand the authenticator's answer in."""
    return finish_login(
        transactions,
        handle_token=begun.handle_token,
        claim=read_claim(transactions, answer),
        place_slug=place_slug,
        device=BROWSER,
        current=current,
    )


def log_in(
    transactions: Transactions,
    key: Authenticator,
    lie: Lie | None = None,
    *,
    current: Principal | None = None,
) -> Entered:
    """Log in from beginning to end, perhaps with a lie."""
    begun = begin(transactions)
    return finish(transactions, begun, key.get(begun.options, lie or Lie()), current=current)
