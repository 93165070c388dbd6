"""A house with people in it, for an operator to look at."""

from sqlmodel import Session

from tests.actions.worlds import PLACE_SLUG
from tests.support.accounts import sign_up
from tests.support.authenticator import Authenticator
from treno_chat.actions.door.entry import enter_as_guest
from treno_chat.actions.operations.places import make_demo_place
from treno_chat.actions.operations.signals import read_signals
from treno_chat.actions.other_ways.password_entry import fingerprint_of
from treno_chat.actions.transaction import Transactions
from treno_chat.domain.door.sessions import Device, Principal
from treno_chat.domain.other_ways.emails import parse_email
from treno_chat.domain.talk.events import Event
from treno_chat.stores.other_ways import external_logins, passwords

PHONE = "+393456789012"
EMAIL = "ada.lovelace@example.org"
PASSWORD_HASH = "$argon2id$of-a-password"  # noqa: S105 -- looked for, and must not be found
SUBJECT = "subject-at-the-provider"
BROWSER = Device(
    address="192.0.2.7", user_agent="Mozilla/5.0 (X11; Linux x86_64; rv:131.0) Firefox/131.0"
)


class Server:
    """What a server asks each second."""

    def __init__(self, transactions: Transactions) -> None:
        """Begin to listen."""
        self._transactions = transactions
        self._last = ""
        self.hear()

    def hear(self) -> tuple[Event, ...]:
        """Return what is new."""
        with self._transactions.reading() as tx:
            events, self._last = read_signals(tx, self._last)
        return events


def seed(transactions: Transactions) -> None:
    """Make sure that the demo place is there."""
    with transactions.writing() as tx:
        make_demo_place(tx)


def guest(transactions: Transactions, alias: str) -> Principal:
    """Let a guest come in at the demo place."""
    with transactions.writing() as tx:
        entered = enter_as_guest(
            tx,
            place_slug=PLACE_SLUG,
            alias=alias,
            gender="undisclosed",
            device=BROWSER,
            current=None,
        )
    return entered.principal


def registered(transactions: Transactions, alias: str) -> Principal:
    """Let somebody sign up there, with every way in that there is."""
    principal = sign_up(transactions, Authenticator(), alias=alias, phone=PHONE).principal
    with transactions.writing() as tx:
        email = parse_email(EMAIL)
        passwords.add(
            tx.db,
            principal.user.id,
            email_sealed=tx.vault.seal(email.address),
            email_fingerprint=fingerprint_of(tx.vault, email),
            password_hash=PASSWORD_HASH,
            at=tx.now,
        )
        _add_provider(tx.db, principal)
    return principal


def _add_provider(db: Session, principal: Principal) -> None:
    issuer = "https://id.example.org"
    at = principal.session.created_at
    external_logins.add(db, principal.user.id, issuer=issuer, subject=SUBJECT, at=at)
