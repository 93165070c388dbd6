"""Recovery codes: made at will, shown once, each a second proof beside the phone."""

from collections.abc import Collection

from treno_chat.actions.audit import record
from treno_chat.actions.door.notices import give_notice
from treno_chat.actions.door.step_up import hold_registered, require_fresh
from treno_chat.actions.transaction import Transaction
from treno_chat.domain.door.notices import NoticeKind
from treno_chat.domain.door.sessions import Principal
from treno_chat.domain.ids import UserId
from treno_chat.domain.operations.auth_events import AuthEventKind
from treno_chat.domain.recovery.recovery_codes import new_recovery_code, read_recovery_code
from treno_chat.stores.recovery import recovery_codes

CODES = 10


def make_codes(tx: Transaction, principal: Principal) -> tuple[str, ...]:
    """Return ten new codes, for this once; those of before are worth nothing any more."""
    hold_registered(tx, principal)
    current = require_fresh(tx, principal)
    codes = tuple(new_recovery_code() for _ in range(CODES))
    hashes = [_hash(tx, code) for code in codes]
    recovery_codes.replace_all(tx.db, current.user.id, hashes, at=tx.now)
    give_notice(tx, current.user.id, NoticeKind.RECOVERY_CODES_MADE)
    record(
        tx,
        AuthEventKind.RECOVERY_CODES_MADE,
        user_id=current.user.id,
        session_id=current.session.id,
    )
    return codes


def count_left(tx: Transaction, user_id: UserId) -> int:
    """Return how many codes a person has not used yet."""
    return recovery_codes.count_left(tx.db, [user_id])


def use_code(tx: Transaction, user_ids: Collection[UserId], typed: str) -> UserId | None:
    """Use up a code of one of these people and return whose it was; None for no code of theirs."""
    used = recovery_codes.use(tx.db, user_ids, _hash(tx, typed), at=tx.now)
    if used is not None:
        record(tx, AuthEventKind.RECOVERY_CODE_USED, user_id=used)
    return used


def _hash(tx: Transaction, typed: str) -> str:
    # What cannot be a code is looked up all the same: it meets no row.
    return tx.vault.fingerprint(f"recovery code {read_recovery_code(typed) or ''}")
