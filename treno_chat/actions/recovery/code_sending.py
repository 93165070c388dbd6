"""Sending codes by SMS: to one number, seldom enough, handed over after the commit.

A number that is nobody's is treated as any other, but for the message: same rows, same counts,
same answers. Its code is right for nobody.
"""

from dataclasses import dataclass, field, replace

from treno_chat.actions.audit import record, record_refusal
from treno_chat.actions.recovery.code_binding import given_to, hash_code
from treno_chat.actions.recovery.code_budgets import network_print, require_room
from treno_chat.actions.transaction import Transaction, Transactions
from treno_chat.domain.door.sessions import hash_token, new_token
from treno_chat.domain.ids import SessionId, UserId, new_id
from treno_chat.domain.operations.auth_events import AuthEventKind
from treno_chat.domain.recovery.codes import Purpose, Verification, new_code, seconds_until
from treno_chat.domain.recovery.phones import mask_phone, parse_phone, prefix_of, require_country
from treno_chat.domain.recovery.sms import Sms
from treno_chat.domain.refusals import Conflict
from treno_chat.domain.words import Words
from treno_chat.stores.door import users
from treno_chat.stores.recovery import verifications


@dataclass(frozen=True, kw_only=True, slots=True)
class CodeSent:
    """What the browser gets: a secret for its cookie, and what the page says."""

    handle_token: str = field(repr=False)
    masked: str
    resend_after: int
    expires_in: int
    tries: int


def send_code(
    tx: Transaction,
    purpose: Purpose,
    *,
    phone: str,
    region: str,
    words: Words,
    user_id: UserId | None = None,
    session_id: SessionId | None = None,
    address: str,
) -> CodeSent:
    """Send a code to the number that was typed; for recovery only if it is somebody's."""
    number = parse_phone(phone, region=region)
    return _send(
        tx,
        purpose,
        number,
        words=words,
        user_id=user_id,
        session_id=session_id,
        network=network_print(tx, address),
    )


def resend_code(
    tx: Transaction,
    handle_token: str,
    *,
    purpose: Purpose,
    words: Words,
    session_id: SessionId | None = None,
    address: str,
) -> CodeSent:
    """Send another code to the same number; that of before is worth nothing then."""
    given = given_to(tx, handle_token, purpose=purpose, session_id=session_id)
    if given is None or given.proven_at is not None:
        raise Conflict("code_gone")
    # Of an account that was erased meanwhile the number is kept no longer.
    if given.sent_at + tx.policy.codes.attempt <= tx.now or not given.phone_sealed:
        raise Conflict("code_gone")
    number = tx.vault.open(given.phone_sealed)
    return _send(
        tx,
        purpose,
        number,
        words=words,
        user_id=given.user_id,
        session_id=session_id,
        network=network_print(tx, address),
    )


def note_unsent(transactions: Transactions, reason: str) -> None:
    """Write down that a message did not get out; whose it was is not for the audit to tell."""
    record_refusal(transactions, AuthEventKind.CODE_UNSENT, detail=reason)


def _send(
    tx: Transaction,
    purpose: Purpose,
    number: str,
    *,
    words: Words,
    user_id: UserId | None,
    session_id: SessionId | None,
    network: str,
) -> CodeSent:
    policy = tx.policy.codes
    require_country(number, policy.countries)
    tx.sms.require_open()
    verifications.take_turn(tx.db)
    fingerprint, handle_token, code = tx.vault.fingerprint(number), new_token(), new_code()
    given = Verification(
        id=new_id(),
        handle_hash=hash_token(handle_token),
        purpose=purpose,
        user_id=user_id,
        session_id=session_id,
        phone_sealed=tx.vault.seal(number),
        phone_fingerprint=fingerprint,
        prefix=prefix_of(number),
        network=network,
        is_decoy=purpose is Purpose.RECOVERY and not users.of_phone(tx.db, fingerprint),
        code_hash="",
        tries_left=policy.tries,
        sent_at=tx.now,
        expires_at=tx.now + policy.lifetime,
    )
    require_room(tx, given)
    verifications.outdate(tx.db, fingerprint, purpose, at=tx.now)
    # What is kept of a decoy's code is the hash of something that nobody can type.
    kept = new_token() if given.is_decoy else code
    verifications.add(tx.db, replace(given, code_hash=hash_code(tx, given, kept)))
    _hand_over(tx, given, number=number, code=code, words=words)
    return CodeSent(
        handle_token=handle_token,
        masked=mask_phone(number),
        resend_after=seconds_until(tx.now + policy.resend_after, tx.now),
        expires_in=seconds_until(given.expires_at, tx.now),
        tries=policy.tries,
    )


def _hand_over(
    tx: Transaction, given: Verification, *, number: str, code: str, words: Words
) -> None:
    text = words.say("sms.code", code=code, domain=tx.policy.relying_party.id)
    sms = Sms(id=given.id, phone=number, text=text)
    tx.afterwards.append(lambda: tx.sms.hand_over(None if given.is_decoy else sms))
    record(tx, AuthEventKind.CODE_SENT, user_id=given.user_id, detail=given.purpose)
