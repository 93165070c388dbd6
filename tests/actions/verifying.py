"""Codes by SMS, step by step, as the tests ask for them and give them."""

import pytest

from treno_chat.actions.recovery.verification import (
    CodeSent,
    Proven,
    prove_code,
    resend_code,
    send_code,
)
from treno_chat.actions.transaction import Transactions
from treno_chat.domain.door.sessions import Principal
from treno_chat.domain.recovery.codes import Purpose
from treno_chat.domain.refusals import Forbidden, Invalid, TooFast
from treno_chat.locales import words_in
from treno_chat.stores import tables

WORDS = words_in("en")
ADDRESS = "192.0.2.9"
HERS, NOBODYS = "345 678 9012", "345 678 9999"


def give_number(transactions: Transactions, person: Principal) -> None:
    """Let a number be somebody's."""
    with transactions.writing() as tx:
        row = tx.db.get(tables.User, person.user.id)
        assert row is not None
        row.phone_fingerprint = tx.vault.fingerprint("+393456789012")


def send(
    transactions: Transactions,
    phone: str = HERS,
    *,
    purpose: Purpose = Purpose.RECOVERY,
    user_id: str | None = None,
    session_id: str | None = None,
    address: str = ADDRESS,
) -> CodeSent:
    """Ask for a code."""
    with transactions.writing() as tx:
        return send_code(
            tx,
            purpose,
            phone=phone,
            region="IT",
            words=WORDS,
            user_id=user_id,
            session_id=session_id,
            address=address,
        )


def resend(transactions: Transactions, sent: CodeSent, *, address: str = ADDRESS) -> CodeSent:
    """Ask for another one."""
    purpose = Purpose.RECOVERY
    with transactions.writing() as tx:
        return resend_code(tx, sent.handle_token, purpose=purpose, words=WORDS, address=address)


def prove(
    transactions: Transactions,
    sent: CodeSent,
    code: str,
    *,
    purpose: Purpose = Purpose.RECOVERY,
    session_id: str | None = None,
) -> Proven:
    """Give a code."""
    return prove_code(transactions, sent.handle_token, code, purpose=purpose, session_id=session_id)


def wrong(code: str) -> str:
    """Return a code that is not this one."""
    return f"{(int(code) + 1) % 10**6:06}"


def guess_wrong(transactions: Transactions, sent: CodeSent, times: int, code: str) -> list[str]:
    """Give wrong codes and return what is answered."""
    refusals: list[str] = []
    for _ in range(times):
        with pytest.raises((Invalid, TooFast, Forbidden)) as refused:
            prove(transactions, sent, wrong(code))
        refusals.append(str(refused.value))
    return refusals
