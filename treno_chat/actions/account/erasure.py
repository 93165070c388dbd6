"""Leaving no trace: asked for, called off within ten seconds, or done for good in one unit."""

from collections.abc import Sequence
from datetime import timedelta

from treno_chat.actions.audit import record
from treno_chat.actions.door.sessions import look_up
from treno_chat.actions.door.step_up import require_fresh
from treno_chat.actions.door.visits import let_alias_rest
from treno_chat.actions.operations.roster import find_person
from treno_chat.actions.transaction import Transaction, Transactions
from treno_chat.domain.account.erasures import Erased
from treno_chat.domain.door.sessions import Principal
from treno_chat.domain.ids import RoomId, UserId
from treno_chat.domain.operations.auth_events import AuthEventKind
from treno_chat.domain.recovery.codes import seconds_until
from treno_chat.domain.refusals import Conflict, TooFast
from treno_chat.domain.talk.events import MessageEdited, SessionEnded
from treno_chat.stores.account import accounts, leaving
from treno_chat.stores.door import login_sessions, users
from treno_chat.stores.talk import rooms

# The page that asked finishes it and shows what was erased; the job is for pages that are gone.
JOB_WAITS = timedelta(seconds=5)


def ask_erasure(tx: Transaction, principal: Principal) -> int:
    """Note that a person wants to leave no trace; return the seconds until it can be done.

    Asking again prolongs nothing. A guest has nothing to prove it with but the session.
    """
    current = look_up(tx, principal.session.id)
    if not current.user.is_anonymous:
        require_fresh(tx, principal)
    due_at = leaving.due_at(tx.db, current.user.id)
    if due_at is None:
        due_at = tx.now + tx.policy.erasure_delay
        leaving.set_due(tx.db, current.user.id, due_at)
        _record(tx, AuthEventKind.ERASURE_ASKED, current)
    return seconds_until(due_at, tx.now)


def undo_erasure(tx: Transaction, principal: Principal) -> None:
    """Stay, whichever session asks: as long as nothing is erased, nothing is lost."""
    current = look_up(tx, principal.session.id)
    if leaving.due_at(tx.db, current.user.id) is not None:
        leaving.set_due(tx.db, current.user.id, None)
        _record(tx, AuthEventKind.ERASURE_UNDONE, current)


def finish_erasure(transactions: Transactions, principal: Principal) -> Erased:
    """Erase the caller, who asked for it ten seconds ago, and say what is gone."""
    with transactions.reading() as tx:
        current = look_up(tx, principal.session.id)
        due_at = leaving.due_at(tx.db, current.user.id)
        if due_at is None:
            raise Conflict("erasure_not_asked")
        if due_at > tx.now:
            raise TooFast(seconds=seconds_until(due_at, tx.now))
    erased = _erase(transactions, current.user.id)
    if erased is None:
        raise Conflict("erasure_not_asked")
    return erased


def erase_person(transactions: Transactions, user_id: UserId) -> Erased:
    """Erase somebody at an operator's word, at once: there is no page to change one's mind on."""
    with transactions.writing() as tx:
        user = find_person(tx, user_id)
        leaving.set_due(tx.db, user.id, tx.now)
        record(tx, AuthEventKind.ERASURE_ASKED, user_id=user.id, detail="by the operator")
    erased = _erase(transactions, user_id)
    if erased is None:
        raise Conflict("erasure_not_asked")
    return erased


def erase_due(transactions: Transactions) -> int:
    """Erase everybody who asked for it and did not come back to it; return how many those were."""
    with transactions.reading() as tx:
        user_ids = leaving.due(tx.db, before=tx.now - JOB_WAITS)
    return sum(_erase(transactions, user_id) is not None for user_id in user_ids)


def _erase(transactions: Transactions, user_id: UserId) -> Erased | None:
    with transactions.reading() as tx:
        room_ids = leaving.rooms_concerned(tx.db, user_id)
    with transactions.writing(in_turn=room_ids) as tx:
        # The rooms first and then the person, as everybody who sends: nobody waits in a ring.
        for room_id in room_ids:
            rooms.hold(tx.db, room_id)
        users.hold(tx.db, user_id)
        due_at = leaving.due_at(tx.db, user_id)
        if due_at is None or due_at > tx.now:
            return None
        return _erase_held(tx, user_id, leaving.rooms_concerned(tx.db, user_id))


def _erase_held(tx: Transaction, user_id: UserId, room_ids: Sequence[RoomId]) -> Erased:
    held = leaving.count(tx.db, user_id)
    phone = accounts.sealed_phone(tx.db, user_id)
    skeleton = users.skeleton_of(tx.db, user_id)
    for place_id in leaving.places_visited(tx.db, user_id):
        let_alias_rest(tx, place_id, skeleton)
    messages = sum(_entomb(tx, user_id, room_id) for room_id in room_ids)
    for session_id in login_sessions.all_of(tx.db, user_id):
        tx.outbox.append(SessionEnded(session_id=session_id))
    leaving.remove(tx.db, user_id)
    record(tx, AuthEventKind.ERASED, user_id=user_id)
    return Erased(**held, phone=int(phone is not None), messages=messages)


def _entomb(tx: Transaction, user_id: UserId, room_id: RoomId) -> int:
    user = users.find(tx.db, user_id)
    tombstones = leaving.entomb(tx.db, room_id, user, now=tx.now, grace=tx.policy.guest_grace)
    tx.outbox += [MessageEdited(message=tombstone) for tombstone in tombstones]
    return len(tombstones)


def _record(tx: Transaction, kind: AuthEventKind, principal: Principal) -> None:
    record(tx, kind, user_id=principal.user.id, session_id=principal.session.id)
