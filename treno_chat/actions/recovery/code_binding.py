"""What a code is bound to, and counted by: one browser, one purpose, one account or number."""

from treno_chat.actions.transaction import Transaction
from treno_chat.domain.door.sessions import hash_token
from treno_chat.domain.ids import SessionId
from treno_chat.domain.recovery.codes import Purpose, Verification
from treno_chat.domain.refusals import ChatError, Forbidden, TooFast
from treno_chat.stores.recovery import code_failures, verifications


def lock_of(tx: Transaction, given: Verification) -> ChatError | None:
    """Return why no code is sent or tried at the moment, if so."""
    failures = code_failures.get(tx.db, subject_of(given), now=tx.now)
    if failures.is_blocked(tx.policy.codes):
        return Forbidden("codes_blocked")
    seconds = failures.wait(tx.policy.codes, tx.now)
    return TooFast("codes_locked", seconds=seconds) if seconds else None


def given_to(
    tx: Transaction, handle_token: str, *, purpose: Purpose, session_id: SessionId | None
) -> Verification | None:
    """Return what this browser was given for this purpose, in this session (S21)."""
    given = verifications.get(tx.db, hash_token(handle_token))
    is_meant = given is not None and (given.purpose, given.session_id) == (purpose, session_id)
    return given if is_meant else None


def subject_of(given: Verification) -> str:
    """Return what wrong codes are counted by: the account, or the number it is looked for by."""
    return f"{given.purpose} {given.user_id or given.phone_fingerprint}"


def hash_code(tx: Transaction, given: Verification, code: str) -> str:
    """Return what may be kept of a code."""
    # The browser and the purpose are in it: no row's hash is of use in another row.
    return tx.vault.fingerprint(f"code {given.purpose} {given.handle_hash} {code}")
