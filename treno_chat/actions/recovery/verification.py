"""Verification: a code by SMS, sent to one number, and typed in the browser that asked for it."""

import hmac
from dataclasses import dataclass, field, replace

from treno_chat.actions.audit import record
from treno_chat.actions.recovery.code_binding import given_to, hash_code, lock_of, subject_of
from treno_chat.actions.recovery.code_sending import CodeSent, resend_code, send_code
from treno_chat.actions.transaction import Transaction, Transactions
from treno_chat.domain.ids import SessionId
from treno_chat.domain.operations.auth_events import AuthEventKind, Outcome
from treno_chat.domain.recovery.codes import Purpose, Verification, read_code
from treno_chat.domain.refusals import ChatError, Conflict, Invalid
from treno_chat.stores.recovery import code_failures, verifications

__all__ = [
    "CodeSent",
    "Proven",
    "find_proven",
    "prove_code",
    "resend_code",
    "send_code",
]


@dataclass(frozen=True, kw_only=True, slots=True)
class Proven:
    """Whoever is at this browser reads what is sent to this number.

    It stays sealed: its fingerprint says whose it is, also when it is kept no longer.
    """

    id: str
    phone_sealed: bytes = field(repr=False)
    phone_fingerprint: str
    tries_left: int


def prove_code(
    transactions: Transactions,
    handle_token: str,
    code: str,
    *,
    purpose: Purpose,
    session_id: SessionId | None = None,
) -> Proven:
    """Take a code, or refuse; whatever it was, it counts before anything is answered."""
    typed = read_code(code)
    with transactions.writing() as tx:
        verifications.take_turn(tx.db)
        given = given_to(tx, handle_token, purpose=purpose, session_id=session_id)
        outcome = _dead() if given is None else _try(tx, given, typed)
    if isinstance(outcome, ChatError):
        raise outcome
    return outcome


def find_proven(tx: Transaction, handle_token: str, *, purpose: Purpose) -> Proven:
    """Return what this browser has proven and not used yet, or refuse."""
    given = given_to(tx, handle_token, purpose=purpose, session_id=None)
    if given is None or given.proven_at is None or given.expires_at <= tx.now:
        raise Conflict("code_gone")
    return _proven(given)


def _try(tx: Transaction, given: Verification, typed: str) -> Proven | ChatError:
    if locked := lock_of(tx, given):
        return locked
    if given.proven_at is not None or given.expires_at <= tx.now or given.tries_left < 1:
        return _dead()
    if not hmac.compare_digest(given.code_hash, hash_code(tx, given, typed)):
        return _count_wrong(tx, given)
    policy = tx.policy.codes
    until = tx.now + policy.proof_lifetime
    tries = policy.recovery_code_tries
    verifications.prove(tx.db, given.id, at=tx.now, until=until, tries=tries)
    code_failures.remove(tx.db, subject_of(given))
    record(tx, AuthEventKind.CODE_PROVEN, user_id=given.user_id, detail=given.purpose)
    return _proven(replace(given, tries_left=tries))


def _count_wrong(tx: Transaction, given: Verification) -> ChatError:
    subject = subject_of(given)
    failures = code_failures.get(tx.db, subject, now=tx.now).and_one_more(tx.now)
    code_failures.put(tx.db, subject, failures)
    verifications.use_try(tx.db, given.id)
    kind, wrong = AuthEventKind.CODE_REFUSED, Outcome.REFUSED
    record(tx, kind, user_id=given.user_id, outcome=wrong, detail=given.purpose)
    if locked := lock_of(tx, given):
        kind = AuthEventKind.CODES_LOCKED
        record(tx, kind, user_id=given.user_id, outcome=wrong, detail=given.purpose)
        return locked
    tries = given.tries_left - 1
    return Invalid("code_wrong", field="code", tries=tries) if tries else _dead()


def _proven(given: Verification) -> Proven:
    return Proven(
        id=given.id,
        phone_sealed=given.phone_sealed,
        phone_fingerprint=given.phone_fingerprint,
        tries_left=given.tries_left,
    )


def _dead() -> Invalid:
    return Invalid("code_dead", field="code")
