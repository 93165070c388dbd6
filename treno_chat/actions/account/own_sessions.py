"""A person's own sessions: ending one, or all but the one they ask from."""

from treno_chat.actions.door.notices import give_notice
from treno_chat.actions.door.sessions import end_session, log_out, look_up
from treno_chat.actions.door.step_up import require_fresh
from treno_chat.actions.transaction import Transaction
from treno_chat.domain.account.accounts import SessionView
from treno_chat.domain.door.notices import NoticeKind
from treno_chat.domain.door.sessions import Principal
from treno_chat.domain.ids import SessionId
from treno_chat.domain.operations.auth_events import AuthEventKind
from treno_chat.domain.refusals import NotFound
from treno_chat.stores.account import accounts
from treno_chat.stores.door import login_sessions


def list_own_sessions(tx: Transaction, principal: Principal) -> tuple[SessionView, ...]:
    """Return the caller's live sessions, the one seen last first."""
    current = look_up(tx, principal.session.id)
    return accounts.sessions(tx.db, current.user.id, this=current.session.id, now=tx.now)


def end_own_session(tx: Transaction, principal: Principal, session_id: SessionId) -> None:
    """End one of the caller's sessions; with the one they ask from, they log out.

    Any other asks for as much as all others do (S33), or one would end those one by one.
    """
    current = look_up(tx, principal.session.id)
    if session_id == current.session.id:
        log_out(tx, current)
        return
    if session_id not in login_sessions.live_of(tx.db, current.user.id, now=tx.now):
        raise NotFound("not_found")
    require_fresh(tx, current)
    end_session(tx, current.user.id, session_id, why=AuthEventKind.SESSION_REVOKED)


def end_other_sessions(tx: Transaction, principal: Principal) -> int:
    """End every session of the caller but this one, and return how many those were."""
    return end_others(tx, require_fresh(tx, principal))


def end_others(tx: Transaction, current: Principal) -> int:
    """End every session of a person but one: what a changed factor does as well (S31)."""
    others = [
        session_id
        for session_id in login_sessions.live_of(tx.db, current.user.id, now=tx.now)
        if session_id != current.session.id
    ]
    for session_id in others:
        end_session(tx, current.user.id, session_id, why=AuthEventKind.SESSION_REVOKED)
    if others:
        give_notice(tx, current.user.id, NoticeKind.SESSIONS_ENDED)
    return len(others)
