"""An address that nobody proved goes, and so does an account that nothing opens without it."""

from datetime import timedelta

import pytest

from tests.actions.writing_mail import EMAIL, SECRET, confirm, sign_up
from tests.conftest import StoppedClock
from tests.support.accounts import sign_up as sign_up_by_passkey
from tests.support.authenticator import Authenticator
from tests.support.post import Post
from treno_chat.actions.account.erasure import erase_due
from treno_chat.actions.door.notices import unread
from treno_chat.actions.operations.leftovers import forget_unproven
from treno_chat.actions.other_ways.own_password import add_password
from treno_chat.actions.transaction import Transactions
from treno_chat.domain.door.notices import NoticeKind
from treno_chat.domain.door.sessions import Principal
from treno_chat.domain.places import Room
from treno_chat.locales import words_in
from treno_chat.stores.door import users
from treno_chat.stores.other_ways import external_logins, passwords

MONTH, MINUTE = timedelta(days=30), timedelta(minutes=1)


@pytest.fixture
def elsa(transactions: Transactions, train: Room) -> Principal:
    """Somebody who signed up with an address, and did not look into her mail yet."""
    return sign_up(transactions).principal


@pytest.fixture
def dora(transactions: Transactions, train: Room) -> Principal:
    """Somebody with a passkey, who did not prove her address either."""
    dora = sign_up_by_passkey(transactions, Authenticator()).principal
    add_password(transactions, dora, email=EMAIL, password=SECRET, words=words_in("en"))
    return dora


def forget(transactions: Transactions) -> int:
    with transactions.writing() as tx:
        return forget_unproven(tx)


def is_there(transactions: Transactions, person: Principal) -> tuple[bool, bool]:
    """Say whether there is the person, and her password."""
    erase_due(transactions)
    with transactions.reading() as tx:
        kept = passwords.of_person(tx.db, person.user.id)
        return users.get(tx.db, person.user.id) is not None, kept is not None


def test_as_long_as_she_may_be_in_it_stays(
    transactions: Transactions, clock: StoppedClock, elsa: Principal
) -> None:
    clock.pass_(MONTH - MINUTE)

    assert forget(transactions) == 0
    assert is_there(transactions, elsa) == (True, True)


def test_then_it_goes_with_the_account_that_nothing_opens(
    transactions: Transactions, clock: StoppedClock, elsa: Principal
) -> None:
    clock.pass_(MONTH)

    assert forget(transactions) == 1
    clock.pass_(MINUTE)
    assert is_there(transactions, elsa) == (False, False)


def test_a_proven_one_stays(
    transactions: Transactions, clock: StoppedClock, post: Post, elsa: Principal
) -> None:
    confirm(transactions, post.newest_token())
    clock.pass_(2 * MONTH)

    assert forget(transactions) == 0
    assert is_there(transactions, elsa) == (True, True)


def test_whoever_has_another_way_in_keeps_the_account_and_is_told(
    transactions: Transactions, clock: StoppedClock, dora: Principal
) -> None:
    clock.pass_(MONTH)

    assert forget(transactions) == 1
    clock.pass_(MINUTE)

    assert is_there(transactions, dora) == (True, False)
    with transactions.reading() as tx:
        assert unread(tx, dora)[0].kind is NoticeKind.PASSWORD_REMOVED


def test_whom_a_provider_lets_in_keeps_the_account(
    transactions: Transactions, clock: StoppedClock, elsa: Principal
) -> None:
    with transactions.writing() as tx:
        issuer = "https://rail.example"
        external_logins.add(tx.db, elsa.user.id, issuer=issuer, subject="1", at=tx.now)
    clock.pass_(MONTH)

    forget(transactions)
    clock.pass_(MINUTE)

    assert is_there(transactions, elsa) == (True, False)
