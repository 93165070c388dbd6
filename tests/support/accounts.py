"""People with accounts, and how they prove it, without a browser."""

from tests.support.authenticator import TRUTH, Authenticator, Lie
from treno_chat.actions.door.claims import read_claim
from treno_chat.actions.door.passkeys import (
    begin_login,
    begin_sign_up,
    finish_login,
    finish_sign_up,
)
from treno_chat.actions.door.step_up import begin_step_up, finish_step_up
from treno_chat.actions.transaction import Transactions
from treno_chat.domain.door.sessions import Device, Entered, Principal

SLUG = "treno-lucca-aulla"
PHONE = "+393456789012"
BROWSER = Device(address="192.0.2.9", user_agent="another browser")


def sign_up(
    transactions: Transactions,
    authenticator: Authenticator,
    *,
    alias: str = "Dora",
    phone: str = PHONE,
    current: Principal | None = None,
    lie: Lie = TRUTH,
) -> Entered:
    """Make an account, for somebody new or for a guest."""
    with transactions.writing() as tx:
        begun = begin_sign_up(
            tx,
            place_slug=SLUG,
            alias=alias,
            gender="other",
            phone=phone,
            region="IT",
            current=current,
        )
    return finish_sign_up(
        transactions,
        handle_token=begun.handle_token,
        credential=authenticator.create(begun.options, lie),
        place_slug=SLUG,
        device=BROWSER,
        current=current,
    )


def log_in(
    transactions: Transactions, authenticator: Authenticator, *, device: Device = BROWSER
) -> Entered:
    """Come back by a passkey, in a browser that held no session."""
    with transactions.writing() as tx:
        begun = begin_login(tx)
    return finish_login(
        transactions,
        handle_token=begun.handle_token,
        claim=read_claim(transactions, authenticator.get(begun.options)),
        place_slug=SLUG,
        device=device,
        current=None,
    )


def step_up(
    transactions: Transactions,
    principal: Principal,
    authenticator: Authenticator,
    lie: Lie = TRUTH,
) -> Entered:
    """Prove anew that it is still the same person."""
    with transactions.writing() as tx:
        begun = begin_step_up(tx, principal)
    return finish_step_up(
        transactions,
        principal,
        handle_token=begun.handle_token,
        credential=authenticator.get(begun.options, lie),
    )
