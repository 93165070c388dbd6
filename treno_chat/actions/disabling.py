"""Shutting somebody out: what an operator does, and takes back."""

from treno_chat.actions.audit import record
from treno_chat.actions.sessions import end_session
from treno_chat.actions.transaction import Transaction
from treno_chat.domain.auth_events import AuthEventKind
from treno_chat.domain.ids import UserId
from treno_chat.domain.people import User
from treno_chat.domain.refusals import NotFound
from treno_chat.stores import login_sessions, users


def disable_person(tx: Transaction, user_id: UserId) -> User:
    """Let a person come in no more, and end whatever is open (S30); twice is the same as once."""
    user = _person(tx, user_id)
    users.disable(tx.db, user.id, at=tx.now)
    for session_id in login_sessions.all_of(tx.db, user.id):
        end_session(tx, user.id, session_id, why=AuthEventKind.SESSION_REVOKED, detail="disabled")
    record(tx, AuthEventKind.DISABLED, user_id=user.id)
    return user


def enable_person(tx: Transaction, user_id: UserId) -> User:
    """Let a person come in again."""
    user = _person(tx, user_id)
    users.disable(tx.db, user.id, at=None)
    record(tx, AuthEventKind.ENABLED, user_id=user.id)
    return user


def _person(tx: Transaction, user_id: UserId) -> User:
    # Our ids are plain; a NUL or half a surrogate pair would be an error of the database.
    is_plain = user_id.isascii() and user_id.isprintable()
    user = users.get(tx.db, user_id) if is_plain else None
    if user is None:
        raise NotFound("person_not_found")
    return user
