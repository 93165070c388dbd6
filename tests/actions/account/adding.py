"""Adding a passkey, step by step, as the tests do it."""

from tests.support.authenticator import Authenticator
from treno_chat.actions.account.own_passkeys import (
    begin_addition,
    finish_addition,
)
from treno_chat.actions.door.challenges import Begun
from treno_chat.actions.door.notices import unread
from treno_chat.actions.transaction import Transactions
from treno_chat.domain.door.passkeys import Passkey
from treno_chat.domain.door.sessions import Principal
from treno_chat.stores.door import passkeys


def begin(transactions: Transactions, principal: Principal) -> Begun:
    with transactions.writing() as tx:
        return begin_addition(tx, principal)


def finish(
    transactions: Transactions,
    principal: Principal,
    begun: Begun,
    answer: object,
    *,
    name: str = "Laptop",
) -> Passkey:
    return finish_addition(
        transactions, principal, handle_token=begun.handle_token, credential=answer, name=name
    )


def add(
    transactions: Transactions,
    principal: Principal,
    authenticator: Authenticator,
    *,
    name: str = "Laptop",
) -> Passkey:
    begun = begin(transactions, principal)
    answer = authenticator.create(begun.options)
    return finish(transactions, principal, begun, answer, name=name)


def names_of(transactions: Transactions, principal: Principal) -> list[str]:
    with transactions.reading() as tx:
        return [each.name for each in passkeys.of_person(tx.db, principal.user.id)]


def told(transactions: Transactions, principal: Principal) -> list[tuple[str, str]]:
    with transactions.reading() as tx:
        return [(each.kind, each.subject) for each in unread(tx, principal)]
