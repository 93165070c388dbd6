"""Ending other people's sessions: what an operator does, and the running servers hear of."""

from treno_chat.actions.door.sessions import end_session
from treno_chat.actions.operations.roster import find_person
from treno_chat.actions.transaction import Transaction, Transactions
from treno_chat.domain.ids import SessionId, UserId, is_plain
from treno_chat.domain.operations.auth_events import AuthEventKind
from treno_chat.domain.people import User
from treno_chat.domain.refusals import NotFound
from treno_chat.stores.door import login_sessions
from treno_chat.stores.operations import roster

BY_OPERATOR = "by the operator"


def end_one(tx: Transaction, session_id: SessionId) -> User:
    """End a session by its id, and return whose it was."""
    user_id = login_sessions.owner(tx.db, session_id) if is_plain(session_id) else None
    if user_id is None:
        raise NotFound("session_not_found")
    _end(tx, user_id, session_id, detail=BY_OPERATOR)
    return find_person(tx, user_id)


def end_all_of(tx: Transaction, user_id: UserId, *, detail: str = BY_OPERATOR) -> int:
    """End every session of a person, and return how many those were."""
    session_ids = login_sessions.all_of(tx.db, user_id)
    return sum(_end(tx, user_id, session_id, detail=detail) for session_id in session_ids)


def end_everybodys(transactions: Transactions) -> int:
    """End every session there is, a person at a time so that nobody's words wait for it."""
    with transactions.reading() as tx:
        user_ids = roster.ids_of_everybody_signed_in(tx.db)
    ended = 0
    for user_id in user_ids:
        with transactions.writing() as tx:
            ended += end_all_of(tx, user_id)
    return ended


def _end(tx: Transaction, user_id: UserId, session_id: SessionId, *, detail: str) -> bool:
    why = AuthEventKind.SESSION_REVOKED
    return end_session(tx, user_id, session_id, why=why, detail=detail)
