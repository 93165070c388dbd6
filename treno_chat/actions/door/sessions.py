"""Sessions: who is behind a request, for how long, and the way out."""

from collections.abc import Collection
from dataclasses import replace

from treno_chat.actions.audit import record
from treno_chat.actions.door.visits import arrive, find_place, leave_if_gone
from treno_chat.actions.transaction import Transaction, Transactions
from treno_chat.domain.door.lifetimes import lifetime_of, slid_end
from treno_chat.domain.door.sessions import (
    Device,
    Entered,
    LoginSession,
    Principal,
    hash_token,
    new_token,
)
from treno_chat.domain.ids import PlaceId, SessionId, UserId, new_id
from treno_chat.domain.operations.auth_events import AuthEventKind
from treno_chat.domain.people import User
from treno_chat.domain.refusals import NotSignedIn
from treno_chat.domain.talk.events import SessionEnded
from treno_chat.stores.door import login_sessions, principals, visits


def authenticate(tx: Transaction, token_hash: str) -> Principal:
    """Return who holds a token: one indexed look-up."""
    return _live(tx, principals.get_by_token(tx.db, token_hash))


def look_up(tx: Transaction, session_id: SessionId) -> Principal:
    """Return who is behind a session that a socket was bound to: one indexed look-up."""
    return _live(tx, principals.get(tx.db, session_id))


def look_up_all(tx: Transaction, session_ids: Collection[SessionId]) -> dict[SessionId, Principal]:
    """Return who is behind each of these sessions; those that are over are missing."""
    found = principals.get_all(tx.db, session_ids)
    return {key: found[key] for key in found if found[key].session.is_live(tx.now)}


def note_use(transactions: Transactions, principal: Principal) -> None:
    """Keep a session in use alive, when `needs_keep_alive` says that it is worth a write.

    Nobody waits for the disk: what a power cut undoes is done again by the next use.
    """
    with transactions.writing(is_durable=False) as tx:
        keep_alive(tx, principal)


def keep_alive(tx: Transaction, principal: Principal) -> None:
    """Note that a session was seen; its idle end slides seldom, never past its absolute end."""
    user, session = principal.user, principal.session
    idle_ends_at = slid_end(principal, tx.now, tx.policy)
    moved = login_sessions.touch(tx.db, session.id, seen_at=tx.now, idle_ends_at=idle_ends_at)
    if moved and user.is_anonymous:
        visits.slide(tx.db, user.id, ends_at=idle_ends_at)


def continue_session(tx: Transaction, principal: Principal, *, place_slug: str) -> Entered:
    """Go on as the person this browser already is, at this place, with a new token."""
    place_id = find_place(tx, place_slug)
    current = look_up(tx, principal.session.id)
    idle = lifetime_of(tx.policy, is_anonymous=current.user.is_anonymous).idle
    session = replace(
        current.session,
        last_seen_at=tx.now,
        idle_ends_at=min(tx.now + idle, current.session.ends_at),
    )
    record(
        tx, AuthEventKind.SESSION_RENEWED, user_id=current.user.id, session_id=current.session.id
    )
    return renew_session(tx, current.user, session=session, place_id=place_id)


def log_out(tx: Transaction, principal: Principal) -> None:
    """End a session; with the last one the person leaves. Twice is the same as once."""
    end_session(tx, principal.user.id, principal.session.id, why=AuthEventKind.LOGGED_OUT)


def end_session(
    tx: Transaction, user_id: UserId, session_id: SessionId, *, why: AuthEventKind, detail: str = ""
) -> bool:
    """End a session of a person, and write down why; False when it is gone already."""
    if not login_sessions.remove(tx.db, session_id):
        return False
    tx.outbox.append(SessionEnded(session_id=session_id))
    leave_if_gone(tx, user_id)
    record(tx, why, user_id=user_id, session_id=session_id, detail=detail)
    return True


def end_expired(tx: Transaction) -> int:
    """End the sessions that are over, and the visits behind them; return how many sessions."""
    over = login_sessions.expired(tx.db, now=tx.now)
    for session_id, user_id in over:
        end_session(tx, user_id, session_id, why=AuthEventKind.SESSION_EXPIRED)
    visits.close_abandoned(tx.db, now=tx.now)
    return len(over)


def open_session(tx: Transaction, user: User, *, place_id: PlaceId, device: Device) -> Entered:
    """Sign a person in at a place, in a browser that held no session or has just lost it."""
    token = new_token()
    session = new_session(tx, user)
    login_sessions.add(
        tx.db, session, token_hash=hash_token(token), device=device, place_id=place_id
    )
    for session_id in login_sessions.beyond(tx.db, user.id, newest=tx.policy.sessions_per_person):
        end_session(
            tx, user.id, session_id, why=AuthEventKind.SESSION_REVOKED, detail="one too many"
        )
    visit_id = arrive(tx, user, place_id=place_id, session=session)
    principal = Principal(user=user, session=session, visit_id=visit_id, place_id=place_id)
    return Entered(principal=principal, session_token=token)


def renew_session(
    tx: Transaction, user: User, *, session: LoginSession, place_id: PlaceId
) -> Entered:
    """Go on with a session under a new token at a place, with the times of `session`."""
    rotated = rotate_session(tx, session)
    login_sessions.move(tx.db, session.id, place_id)
    arrive(tx, user, place_id=place_id, session=session)
    return replace(rotated, principal=look_up(tx, session.id))


def rotate_session(tx: Transaction, session: LoginSession) -> Entered:
    """Give a session a new token and the times of `session`: same row, so other tabs talk on."""
    token = new_token()
    if not login_sessions.renew(tx.db, session, token_hash=hash_token(token)):
        raise NotSignedIn("not_signed_in")
    return Entered(principal=look_up(tx, session.id), session_token=token)


def new_session(tx: Transaction, user: User) -> LoginSession:
    """Return a session that begins now, with the lifetime of this kind of person."""
    lifetime = lifetime_of(tx.policy, is_anonymous=user.is_anonymous)
    return LoginSession(
        id=new_id(),
        user_id=user.id,
        created_at=tx.now,
        authenticated_at=tx.now,
        last_seen_at=tx.now,
        idle_ends_at=tx.now + lifetime.idle,
        ends_at=tx.now + lifetime.absolute,
    )


def _live(tx: Transaction, principal: Principal | None) -> Principal:
    if principal is None or not principal.session.is_live(tx.now):
        raise NotSignedIn("not_signed_in")
    return principal
