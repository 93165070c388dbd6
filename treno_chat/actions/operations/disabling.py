"""Shutting somebody out: what an operator does, and takes back."""

from treno_chat.actions.audit import record
from treno_chat.actions.operations.ending import end_all_of
from treno_chat.actions.operations.roster import find_person
from treno_chat.actions.transaction import Transaction
from treno_chat.domain.ids import UserId
from treno_chat.domain.operations.auth_events import AuthEventKind
from treno_chat.domain.people import User
from treno_chat.stores.door import users


def disable_person(tx: Transaction, user_id: UserId) -> User:
    """Let a person come in no more, and end whatever is open (S30); twice is the same as once."""
    user = find_person(tx, user_id)
    users.disable(tx.db, user.id, at=tx.now)
    end_all_of(tx, user.id, detail="disabled")
    record(tx, AuthEventKind.DISABLED, user_id=user.id)
    return user


def enable_person(tx: Transaction, user_id: UserId) -> User:
    """Let a person come in again."""
    user = find_person(tx, user_id)
    users.disable(tx.db, user.id, at=None)
    record(tx, AuthEventKind.ENABLED, user_id=user.id)
    return user
