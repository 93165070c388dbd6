"""Another number for recovery: proven by a code that goes to the new one."""

from treno_chat.actions.account.overview import phone_of
from treno_chat.actions.account.own_sessions import end_others
from treno_chat.actions.audit import record
from treno_chat.actions.door.notices import give_notice
from treno_chat.actions.door.step_up import hold_registered, require_fresh, require_registered
from treno_chat.actions.recovery.beginning import cancel_recovery
from treno_chat.actions.recovery.verification import CodeSent, prove_code, resend_code, send_code
from treno_chat.actions.transaction import Transaction, Transactions
from treno_chat.domain.door.notices import NoticeKind
from treno_chat.domain.door.sessions import Principal
from treno_chat.domain.ids import new_id
from treno_chat.domain.operations.auth_events import AuthEventKind
from treno_chat.domain.recovery.codes import Purpose
from treno_chat.domain.recovery.phones import mask_phone
from treno_chat.domain.recovery.sms import Sms
from treno_chat.domain.words import Words
from treno_chat.stores.door import users
from treno_chat.stores.recovery import verifications

PURPOSE = Purpose.PHONE_CHANGE


def begin_phone_change(
    tx: Transaction, principal: Principal, *, phone: str, region: str, words: Words, address: str
) -> CodeSent:
    """Send a code to the number that is to take the place of the old one."""
    current = require_fresh(tx, principal)
    return send_code(
        tx,
        PURPOSE,
        phone=phone,
        region=region or tx.policy.default_phone_region,
        words=words,
        user_id=current.user.id,
        session_id=current.session.id,
        address=address,
    )


def resend_phone_code(
    tx: Transaction, principal: Principal, handle_token: str, *, words: Words, address: str
) -> CodeSent:
    """Send another code to the same number, if it was long enough ago."""
    current = require_registered(tx, principal)
    return resend_code(
        tx,
        handle_token,
        purpose=PURPOSE,
        words=words,
        session_id=current.session.id,
        address=address,
    )


def finish_phone_change(
    transactions: Transactions,
    principal: Principal,
    *,
    handle_token: str,
    code: str,
    words: Words,
) -> str:
    """Keep the new number and return it masked; whoever relied on the old one starts anew.

    That is: the other sessions end, a recovery under way, perhaps by whoever has the old number
    now, is called off, and the old number is told (S25): whoever took the account over cannot
    keep that from its owner. Freshness was asked for when the code was sent, minutes ago.
    """
    proven = prove_code(
        transactions,
        handle_token,
        code,
        purpose=PURPOSE,
        session_id=principal.session.id,
    )
    with transactions.writing() as tx:
        current = hold_registered(tx, principal)
        verifications.redeem(tx.db, proven.id, at=tx.now)
        number = tx.vault.open(proven.phone_sealed)
        _tell_the_old_number(tx, phone_of(tx, current.user.id), number, words=words)
        users.change_phone(
            tx.db,
            current.user.id,
            phone_sealed=tx.vault.seal(number),
            phone_fingerprint=proven.phone_fingerprint,
        )
        cancel_recovery(tx, current)
        end_others(tx, current)
        record(
            tx,
            AuthEventKind.PHONE_CHANGED,
            user_id=current.user.id,
            session_id=current.session.id,
        )
        give_notice(tx, current.user.id, NoticeKind.PHONE_CHANGED)
    return mask_phone(number)


def _tell_the_old_number(tx: Transaction, old: str | None, new: str, *, words: Words) -> None:
    # Neither a link nor a code nor a name: the number may be somebody else's by now.
    if old is not None and old != new:
        sms = Sms(id=new_id(), phone=old, text=words.say("sms.phone_changed"))
        tx.afterwards.append(lambda: tx.sms.hand_over(sms))
