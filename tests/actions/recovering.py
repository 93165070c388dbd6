"""Recovery, step by step, as the tests go through it."""

from datetime import timedelta

from tests.support.accounts import BROWSER, PHONE, SLUG
from tests.support.authenticator import Authenticator
from tests.support.texts import Texts
from treno_chat.actions.door.challenges import Begun
from treno_chat.actions.recovery.beginning import (
    Opened,
    Ways,
    add_recovery_code,
    find_recovery,
    prove_number,
    wait_instead,
)
from treno_chat.actions.recovery.recovered import begin_new_passkey, finish_new_passkey
from treno_chat.actions.recovery.verification import send_code
from treno_chat.actions.transaction import Transactions
from treno_chat.domain.door.sessions import Entered, Principal
from treno_chat.domain.recovery.codes import Purpose
from treno_chat.domain.recovery.recoveries import RecoveryState
from treno_chat.locales import words_in

HOUR, DAY = timedelta(hours=1), timedelta(hours=24)


def prove(transactions: Transactions, texts: Texts) -> tuple[str, Ways]:
    """Prove Dora’s number; return the browser’s secret, and how it may go on."""
    with transactions.writing() as tx:
        sent = send_code(
            tx,
            Purpose.RECOVERY,
            phone=PHONE,
            region="IT",
            words=words_in("en"),
            address=BROWSER.address,
        )
    ways = prove_number(transactions, sent.handle_token, texts.newest_code())
    return sent.handle_token, ways


def wait(transactions: Transactions, handle_token: str, account: str = "") -> Opened:
    """Ask for the way back without a second proof."""
    with transactions.writing() as tx:
        return wait_instead(tx, handle_token, account=account, device=BROWSER)


def add_code(transactions: Transactions, handle_token: str, code: str) -> Opened:
    """Give a recovery code."""
    return add_recovery_code(transactions, handle_token, code, device=BROWSER)


def begin(transactions: Transactions, opened: Opened) -> Begun:
    """Begin the ceremony of the new passkey."""
    with transactions.writing() as tx:
        return begin_new_passkey(tx, opened.handle_token)


def finish(
    transactions: Transactions,
    opened: Opened,
    begun: Begun,
    answer: object,
    *,
    current: Principal | None = None,
) -> Entered:
    """Hand the authenticator's answer in."""
    return finish_new_passkey(
        transactions,
        opened.handle_token,
        ceremony_token=begun.handle_token,
        credential=answer,
        place_slug=SLUG,
        device=BROWSER,
        current=current,
    )


def recover(
    transactions: Transactions, opened: Opened, *, current: Principal | None = None
) -> tuple[Entered, Authenticator]:
    """Make a new passkey, and return it as well."""
    begun, new_key = begin(transactions, opened), Authenticator()
    answer = new_key.create(begun.options)
    return finish(transactions, opened, begun, answer, current=current), new_key


def state(transactions: Transactions, opened: Opened) -> RecoveryState:
    """Return how far a recovery has come."""
    with transactions.reading() as tx:
        return find_recovery(tx, opened.handle_token).state(tx.now)
