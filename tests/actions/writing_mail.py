"""Signing up and coming back with an address and a password, step by step, as the tests do it."""

from tests.support.post import Post
from treno_chat.actions.other_ways.mail_links import ask_for_reset, confirm_address
from treno_chat.actions.other_ways.password_entry import log_in, register
from treno_chat.actions.transaction import Transactions
from treno_chat.domain.door.sessions import Device, Entered, Principal
from treno_chat.locales import words_in

SLUG = "treno-lucca-aulla"
EMAIL = "elsa@example.org"
SECRET = "giraffa lampone tavolo"  # noqa: S105 -- opens nothing
OTHER = "sette barche in mezzo al prato"
WORDS = words_in("en")
DEVICE = Device(address="192.0.2.9", user_agent="another browser")


def sign_up(
    transactions: Transactions,
    *,
    email: str = EMAIL,
    password: str = SECRET,
    alias: str = "Elsa",
    current: Principal | None = None,
) -> Entered:
    """Hand the form in."""
    return register(
        transactions,
        email=email,
        password=password,
        alias=alias,
        gender="female",
        place_slug=SLUG,
        device=DEVICE,
        words=WORDS,
        current=current,
    )


def confirm(
    transactions: Transactions,
    token: str,
    *,
    password: str = SECRET,
    current: Principal | None = None,
) -> Entered:
    """Follow the link in the mail."""
    return confirm_address(
        transactions,
        token=token,
        password=password,
        place_slug=SLUG,
        device=DEVICE,
        current=current,
    )


def come_back(
    transactions: Transactions,
    *,
    email: str = EMAIL,
    password: str = SECRET,
    current: Principal | None = None,
) -> Entered:
    """Log in."""
    return log_in(
        transactions,
        email=email,
        password=password,
        place_slug=SLUG,
        device=DEVICE,
        current=current,
    )


def forget(transactions: Transactions, email: str = EMAIL) -> None:
    """Say that the password is forgotten."""
    with transactions.writing() as tx:
        ask_for_reset(tx, email=email, words=WORDS)


def elsa_signed_up(transactions: Transactions, post: Post) -> Entered:
    """Return Elsa, whose address is proven."""
    entered = sign_up(transactions)
    return confirm(transactions, post.newest_token(), current=entered.principal)
