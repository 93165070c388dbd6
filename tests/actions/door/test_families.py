"""A number that several people share, or that was somebody else’s before."""

import pytest

from tests.actions.recovering import DAY, add_code, prove, recover, wait
from tests.support.accounts import BROWSER, PHONE, sign_up
from tests.support.authenticator import Authenticator
from tests.support.texts import Texts
from treno_chat.actions.door.notices import unread
from treno_chat.actions.door.sessions import look_up
from treno_chat.actions.recovery.beginning import Ways
from treno_chat.actions.recovery.recovery_codes import make_codes
from treno_chat.actions.recovery.verification import send_code
from treno_chat.actions.transaction import Transactions
from treno_chat.domain.door.sessions import Entered
from treno_chat.domain.recovery.codes import Purpose
from treno_chat.domain.refusals import Invalid
from treno_chat.locales import words_in
from treno_chat.stores.door import users


@pytest.fixture
def elio(transactions: Transactions, dora: Entered) -> Entered:
    """Somebody of the same family, who named the same phone."""
    return sign_up(transactions, Authenticator(), alias="Elio")


def test_the_recovery_code_says_whose_account_it_is(
    transactions: Transactions, texts: Texts, elio: Entered
) -> None:
    with transactions.writing() as tx:
        his = make_codes(tx, elio.principal)
    handle_token, ways = prove(transactions, texts)

    opened = add_code(transactions, handle_token, his[0])

    assert ways.may_use_code
    assert opened.user == elio.principal.user


def test_whoever_waits_chooses_among_those_of_the_number(
    transactions: Transactions, texts: Texts, dora: Entered, elio: Entered
) -> None:
    handle_token, ways = prove(transactions, texts)
    stranger = sign_up(transactions, Authenticator(), alias="Fosca", phone="345 678 9013")

    for account in ("", "made up", stranger.principal.user.id):
        with pytest.raises(Invalid, match="account_choose") as refused:
            wait(transactions, handle_token, account)
        assert refused.value.field == "account"
    opened = wait(transactions, handle_token, elio.principal.user.id)

    assert ways.choices == (dora.principal.user, elio.principal.user)
    assert opened.user == elio.principal.user
    with transactions.reading() as tx:
        assert unread(tx, dora.principal) == []


def test_one_of_them_recovers_and_the_other_notices_nothing(
    transactions: Transactions, texts: Texts, dora: Entered, elio: Entered
) -> None:
    with transactions.writing() as tx:
        his = make_codes(tx, elio.principal)
    handle_token, _ = prove(transactions, texts)
    recover(transactions, add_code(transactions, handle_token, his[0]))

    with transactions.reading() as tx:
        assert look_up(tx, dora.principal.session.id) == dora.principal


def test_one_account_alone_is_not_named_to_whoever_has_the_number_now(
    transactions: Transactions, texts: Texts, dora: Entered
) -> None:
    _, ways = prove(transactions, texts)

    assert ways == Ways(may_use_code=False, delay=DAY, choices=())


def test_the_number_of_somebody_shut_out_is_nobodys(
    transactions: Transactions, texts: Texts, dora: Entered
) -> None:
    with transactions.writing() as tx:
        users.disable(tx.db, dora.principal.user.id, at=tx.now)
        send_code(
            tx,
            Purpose.RECOVERY,
            phone=PHONE,
            region="IT",
            words=words_in("en"),
            address=BROWSER.address,
        )

    assert texts.sent == [None]
