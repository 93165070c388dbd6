"""After `TRENO_SECRET` was changed: what it had sealed is gone, and its owner goes on without."""

import pytest

from tests.actions.writing_mail import OTHER
from tests.actions.writing_mail import sign_up as sign_up_by_mail
from tests.support.accounts import BROWSER
from tests.support.texts import Texts
from treno_chat.actions.account.export import begin_export
from treno_chat.actions.account.overview import view_account
from treno_chat.actions.account.phone_change import begin_phone_change, finish_phone_change
from treno_chat.actions.other_ways.own_password import change_password
from treno_chat.actions.transaction import Transactions
from treno_chat.domain.door.sessions import Principal
from treno_chat.domain.vault import UNREADABLE, Vault
from treno_chat.locales import words_in

NEW = "+393331234567"
WORDS = words_in("en")


@pytest.fixture
def later(transactions: Transactions) -> Transactions:
    """The same database, served under another secret."""
    return Transactions(
        transactions.database,
        policy=transactions.policy,
        vault=Vault("another secret of the tests, just as long"),
        clock=transactions.clock,
        announce=transactions.announce,
        sms=transactions.sms,
        mail=transactions.mail,
    )


def test_the_account_page_has_no_number_and_the_export_says_why(
    later: Transactions, dora: Principal
) -> None:
    with later.writing() as tx:
        assert view_account(tx, dora).phone is None
        assert begin_export(tx, dora)["person"]["phone"] is None


def test_a_number_is_entered_anew(later: Transactions, texts: Texts, dora: Principal) -> None:
    with later.writing() as tx:
        sent = begin_phone_change(
            tx, dora, phone=NEW, region="", words=WORDS, address=BROWSER.address
        )

    finish_phone_change(
        later, dora, handle_token=sent.handle_token, code=texts.newest_code(), words=WORDS
    )

    # Nobody could be told at the old number: it is not known any more.
    assert {sms.phone for sms in texts.sent if sms} == {NEW}
    with later.reading() as tx:
        assert view_account(tx, dora).phone is not None


@pytest.mark.usefixtures("place")
def test_whoever_is_signed_in_by_password_changes_it(
    transactions: Transactions, later: Transactions
) -> None:
    elsa = sign_up_by_mail(transactions).principal

    change_password(later, elsa, password=OTHER, current_password="")

    with later.writing() as tx:
        assert view_account(tx, elsa).email == "•••"
        assert begin_export(tx, elsa)["person"]["email"] == UNREADABLE
