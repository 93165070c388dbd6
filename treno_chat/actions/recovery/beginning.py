"""Recovery: from a number that was proven to a way back in, at once or after a wait.

The phone alone opens nothing (S24): a saved recovery code stands beside it, or time, in which
every live session is told and can call it off.
"""

from dataclasses import dataclass, field
from datetime import timedelta

from treno_chat.actions.audit import record
from treno_chat.actions.door.notices import give_notice
from treno_chat.actions.recovery.recovery_codes import use_code
from treno_chat.actions.recovery.verification import Proven, find_proven, prove_code
from treno_chat.actions.transaction import Transaction, Transactions
from treno_chat.domain.door.notices import NoticeKind
from treno_chat.domain.door.sessions import Device, Principal, hash_token, new_token
from treno_chat.domain.ids import UserId, new_id
from treno_chat.domain.operations.auth_events import AuthEventKind, Outcome
from treno_chat.domain.people import User
from treno_chat.domain.recovery.codes import Purpose
from treno_chat.domain.recovery.recoveries import Recovery
from treno_chat.domain.refusals import Conflict, Invalid
from treno_chat.stores.door import notices, users
from treno_chat.stores.recovery import recoveries, recovery_codes, verifications


@dataclass(frozen=True, kw_only=True, slots=True)
class Ways:
    """How somebody who proved a number can go on; `choices` are the accounts, if several."""

    may_use_code: bool
    delay: timedelta
    choices: tuple[User, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Opened:
    """A recovery, the person it is for, and the secret that binds it to the browser."""

    handle_token: str = field(repr=False)
    recovery: Recovery
    user: User


def prove_number(transactions: Transactions, handle_token: str, code: str) -> Ways:
    """Take the code, and say how to go on.

    A family may share a number. Their aliases are told only now, and only if there are several:
    whoever has a number that was once somebody else's learns no name.
    """
    proven = prove_code(transactions, handle_token, code, purpose=Purpose.RECOVERY)
    with transactions.reading() as tx:
        people = users.of_phone(tx.db, proven.phone_fingerprint)
        left = recovery_codes.count_left(tx.db, [person.id for person in people])
    return Ways(
        may_use_code=left > 0,
        delay=transactions.policy.recovery_delay,
        choices=tuple(people) if len(people) > 1 else (),
    )


def add_recovery_code(
    transactions: Transactions, handle_token: str, typed: str, *, device: Device
) -> Opened:
    """Take a recovery code as the second proof: it says which account, and that it is at once.

    A wrong one counts before it is refused; a few, and the number must be proven anew.
    """
    with transactions.writing() as tx:
        verifications.take_turn(tx.db)
        proven = _proven_with_tries(tx, handle_token)
        people = _held(tx, proven)
        whose = use_code(tx, [person.id for person in people], typed)
        if whose is not None:
            return _open(tx, proven, whose, device=device, delay=timedelta(0))
        verifications.use_try(tx.db, proven.id)
        record(tx, AuthEventKind.RECOVERY_REFUSED, outcome=Outcome.REFUSED, detail="recovery code")
    raise Invalid("recovery_code_wrong", field="recovery_code")


def wait_instead(tx: Transaction, handle_token: str, *, account: UserId, device: Device) -> Opened:
    """Ask for the way back without a second proof: after the delay, unless it is called off.

    `account` is needed only where several people share the number.
    """
    verifications.take_turn(tx.db)
    proven = find_proven(tx, handle_token, purpose=Purpose.RECOVERY)
    people = _held(tx, proven)
    if not people:  # Erased meanwhile.
        raise Conflict("code_gone")
    chosen = [person for person in people if len(people) == 1 or person.id == account]
    if not chosen:
        raise Invalid("account_choose", field="account")
    opened = _open(tx, proven, chosen[0].id, device=device, delay=tx.policy.recovery_delay)
    give_notice(tx, opened.user.id, NoticeKind.RECOVERY_PENDING, opened.recovery.id)
    return opened


def find_recovery(tx: Transaction, handle_token: str) -> Recovery:
    """Return the recovery of this browser, whatever became of it, or refuse."""
    recovery = recoveries.get(tx.db, hash_token(handle_token))
    if recovery is None:
        raise Conflict("code_gone")
    return recovery


def cancel_recovery(tx: Transaction, principal: Principal) -> int:
    """Call off every recovery of the caller's own account, and return how many those were."""
    user_id = principal.user.id
    users.hold(tx.db, user_id)
    cancelled = recoveries.cancel(tx.db, user_id, at=tx.now)
    for recovery_id in cancelled:
        settle(tx, user_id, recovery_id)
        record(
            tx,
            AuthEventKind.RECOVERY_CANCELLED,
            user_id=user_id,
            session_id=principal.session.id,
        )
    return len(cancelled)


def settle(tx: Transaction, user_id: UserId, recovery_id: str) -> None:
    """Tell nobody any more that a recovery is under way."""
    notices.remove(tx.db, user_id, kind=NoticeKind.RECOVERY_PENDING, subject=recovery_id)


def _proven_with_tries(tx: Transaction, handle_token: str) -> Proven:
    proven = find_proven(tx, handle_token, purpose=Purpose.RECOVERY)
    if proven.tries_left < 1:
        raise Conflict("code_gone")
    return proven


def _held(tx: Transaction, proven: Proven) -> list[User]:
    """Return whose number it is, held: a reset may just be taking it from an account."""
    for person in users.of_phone(tx.db, proven.phone_fingerprint):
        users.hold(tx.db, person.id)
    return users.of_phone(tx.db, proven.phone_fingerprint)


def _open(
    tx: Transaction, proven: Proven, user_id: UserId, *, device: Device, delay: timedelta
) -> Opened:
    # The turn is ours since it was found: nobody else has used it meanwhile.
    verifications.redeem(tx.db, proven.id, at=tx.now)
    handle_token, effective_at = new_token(), tx.now + delay
    # Whoever waited a day may be asleep when it is over; whoever did not wait is at it.
    window = tx.policy.recovery_window if delay else tx.policy.codes.attempt
    recovery = Recovery(
        id=new_id(),
        user_id=user_id,
        handle_hash=hash_token(handle_token),
        device=device,
        asked_at=tx.now,
        effective_at=effective_at,
        expires_at=effective_at + window,
    )
    recoveries.add(tx.db, recovery)
    detail = "after a wait" if delay else "at once"
    kind = AuthEventKind.RECOVERY_ASKED
    record(tx, kind, user_id=user_id, address=device.address, detail=detail)
    return Opened(handle_token=handle_token, recovery=recovery, user=users.find(tx.db, user_id))
