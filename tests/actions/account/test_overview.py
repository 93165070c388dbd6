"""The account page: what is held about the caller, masked where it must be, and nobody else's."""

from datetime import timedelta

import pytest

from tests.actions.worlds import say
from tests.conftest import StoppedClock
from tests.support.accounts import PHONE, log_in, sign_up
from tests.support.authenticator import Authenticator, encode
from treno_chat.actions.account.overview import view_accepted, view_account, view_notices
from treno_chat.actions.account.own_passkeys import begin_addition, finish_addition
from treno_chat.actions.door.sessions import log_out
from treno_chat.actions.recovery.recovery_codes import make_codes
from treno_chat.actions.talk.messages import delete_message
from treno_chat.actions.transaction import Transactions
from treno_chat.domain.account.accounts import AccountView, Held
from treno_chat.domain.door.sessions import Principal
from treno_chat.domain.places import Room
from treno_chat.domain.refusals import Forbidden, NotSignedIn
from treno_chat.domain.seals import seal_of
from treno_chat.stores import tables
from treno_chat.stores.other_ways import external_logins


@pytest.fixture
def key() -> Authenticator:
    """Dora's authenticator."""
    return Authenticator()


@pytest.fixture
def dora(transactions: Transactions, train: Room, key: Authenticator) -> Principal:
    """Somebody who has signed up and is on the train."""
    return sign_up(transactions, key).principal


def view(transactions: Transactions, principal: Principal) -> AccountView:
    with transactions.reading() as tx:
        return view_account(tx, principal)


def test_the_page_says_who_one_is(transactions: Transactions, dora: Principal) -> None:
    shown = view(transactions, dora)

    assert shown.user == dora.user
    assert shown.seal == seal_of(dora.user.id)
    assert shown.profile.registered_at is not None
    assert shown.profile.erasure_due_at is None
    assert shown.codes_left == 0


def test_s52_the_phone_is_masked(transactions: Transactions, dora: Principal) -> None:
    shown = view(transactions, dora)

    assert shown.phone == "+39 •••••••012"
    assert PHONE not in repr(shown)
    assert shown.profile.phone_uses == 0


def test_passkeys_say_when_they_were_made_and_used(
    transactions: Transactions, clock: StoppedClock, dora: Principal, key: Authenticator
) -> None:
    made_at = clock.now
    clock.pass_(timedelta(minutes=5))
    log_in(transactions, key)
    (passkey,) = view(transactions, dora).passkeys

    assert (passkey.created_at, passkey.used_at) == (made_at, clock.now)
    assert passkey.is_synced
    assert passkey.credential_id == encode(key.credential_id)
    with transactions.writing() as tx:
        begun = begin_addition(tx, dora)
    answer = Authenticator().create(begun.options)
    finish_addition(
        transactions, dora, handle_token=begun.handle_token, credential=answer, name="Laptop"
    )
    assert [each.name for each in view(transactions, dora).passkeys] == ["", "Laptop"]


def test_codes_are_counted(transactions: Transactions, dora: Principal) -> None:
    with transactions.writing() as tx:
        make_codes(tx, dora)

    assert view(transactions, dora).codes_left == 10


def test_the_ledger_counts_what_is_still_held_and_until_when(
    transactions: Transactions, clock: StoppedClock, dora: Principal, ada: Principal, train: Room
) -> None:
    assert view(transactions, dora).held == Held(messages=0, until=None)
    with transactions.writing() as tx:
        say(tx, ada, train, "Sono Ada")
        say(tx, dora, train, "uno", "due")
        delete_message(tx, dora, train.id, 2)
    clock.pass_(timedelta(hours=1))
    with transactions.writing() as tx:
        say(tx, dora, train, "tre")

    gone_at = clock.now + timedelta(hours=48)
    assert view(transactions, dora).held == Held(messages=2, until=gone_at)
    clock.pass_(timedelta(hours=47))
    assert view(transactions, dora).held == Held(messages=1, until=gone_at)


def test_a_guests_words_go_with_the_visit(
    transactions: Transactions, clock: StoppedClock, ada: Principal, train: Room
) -> None:
    with transactions.writing() as tx:
        say(tx, ada, train, "Ciao!")

    # Twelve hours without a word end the visit; two more are the grace.
    assert view(transactions, ada).held == Held(messages=1, until=clock.now + timedelta(hours=14))


def test_guests_see_what_there_is_of_them(transactions: Transactions, ada: Principal) -> None:
    shown = view(transactions, ada)

    assert (shown.phone, shown.passkeys) == (None, ())
    assert [each.id for each in shown.sessions] == [ada.session.id]
    with transactions.reading() as tx, pytest.raises(Forbidden, match="account_needed"):
        view_accepted(tx, ada)


def test_a_recovery_that_can_still_be_called_off_is_shown(
    transactions: Transactions, clock: StoppedClock, dora: Principal
) -> None:
    with transactions.writing() as tx:
        row = tables.Recovery(
            id="one",
            user_id=dora.user.id,
            handle_hash="hash",
            address="192.0.2.66",
            user_agent="a browser",
            asked_at=tx.now,
            effective_at=tx.now + timedelta(hours=24),
            expires_at=tx.now + timedelta(hours=48),
        )
        tx.db.add(row)

    with transactions.reading() as tx:
        shown = view_notices(tx, dora).recovery
    assert shown is not None
    assert (shown.id, shown.effective_at) == ("one", clock.now + timedelta(hours=24))
    clock.pass_(timedelta(hours=48))
    with transactions.reading() as tx:
        assert view_notices(tx, dora).recovery is None


def test_whoever_is_out_sees_nothing(transactions: Transactions, dora: Principal) -> None:
    with transactions.writing() as tx:
        log_out(tx, dora)

    with pytest.raises(NotSignedIn):
        view(transactions, dora)


def test_the_page_says_who_else_lets_one_in(transactions: Transactions, dora: Principal) -> None:
    with transactions.writing() as tx:
        issuer = "https://rail.example"
        external_logins.add(tx.db, dora.user.id, issuer=issuer, subject="4711", at=tx.now)

    assert view(transactions, dora).issuers == ("https://rail.example",)
