"""Leaving no trace, step by step, as the tests do it."""

from datetime import timedelta

from treno_chat.actions.account.erasure import ask_erasure
from treno_chat.actions.door.sessions import look_up
from treno_chat.actions.transaction import Transactions
from treno_chat.domain.door.sessions import Principal
from treno_chat.domain.refusals import NotSignedIn

TEN_SECONDS = timedelta(seconds=10)


def ask(transactions: Transactions, principal: Principal) -> int:
    with transactions.writing() as tx:
        return ask_erasure(tx, principal)


def is_here(transactions: Transactions, principal: Principal) -> bool:
    with transactions.reading() as tx:
        try:
            look_up(tx, principal.session.id)
        except NotSignedIn:
            return False
    return True
