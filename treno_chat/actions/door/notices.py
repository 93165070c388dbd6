"""Notices: told at once in every live session, and in whichever comes later.

Each session puts away for itself: whoever got in by what a notice tells of cannot keep it from
the owner, who comes back in a session of their own.
"""

from treno_chat.actions.transaction import Transaction
from treno_chat.domain.door.notices import Notice, NoticeKind
from treno_chat.domain.door.sessions import Principal
from treno_chat.domain.ids import UserId, new_id
from treno_chat.domain.refusals import NotFound
from treno_chat.domain.talk.events import NoticeGiven
from treno_chat.stores.door import login_sessions, notices


def give_notice(tx: Transaction, user_id: UserId, kind: NoticeKind, subject: str = "") -> None:
    """Leave word for a person, and let their open pages ask for it."""
    notice = Notice(id=new_id(), kind=kind, subject=subject, made_at=tx.now)
    notices.add(tx.db, user_id, notice)
    session_ids = tuple(login_sessions.live_of(tx.db, user_id, now=tx.now))
    tx.outbox.append(NoticeGiven(user_id=user_id, session_ids=session_ids))


def unread(tx: Transaction, principal: Principal) -> list[Notice]:
    """Return what the caller has not put away yet in this session, the newest first."""
    return notices.unread(tx.db, principal.user.id, session_id=principal.session.id)


def mark_read(tx: Transaction, principal: Principal, notice_id: str) -> None:
    """Put a notice of the caller's away in this session; twice is the same as once."""
    if not notice_id.isascii() or not notice_id.isprintable():
        # Half a surrogate pair or a NUL would be an error of the database.
        raise NotFound("not_found")
    notices.mark_read(
        tx.db, principal.user.id, notice_id, session_id=principal.session.id, at=tx.now
    )
