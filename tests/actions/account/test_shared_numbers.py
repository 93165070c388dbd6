"""A number that several people gave: who goes takes theirs along, and nothing of the others'."""

import pytest
from sqlmodel import select

from tests.actions.account.leaving import TEN_SECONDS, ask
from tests.actions.recovering import wait
from tests.actions.verifying import ADDRESS, WORDS, prove, send
from tests.conftest import StoppedClock
from tests.support.accounts import sign_up
from tests.support.authenticator import Authenticator
from tests.support.texts import Texts
from treno_chat.actions.account.erasure import finish_erasure
from treno_chat.actions.account.overview import phone_of
from treno_chat.actions.account.phone_change import begin_phone_change, finish_phone_change
from treno_chat.actions.transaction import Transactions
from treno_chat.domain.door.sessions import Principal
from treno_chat.domain.refusals import Conflict
from treno_chat.stores import tables


def leave_no_trace(transactions: Transactions, clock: StoppedClock, person: Principal) -> None:
    ask(transactions, person)
    clock.pass_(TEN_SECONDS)
    finish_erasure(transactions, person)


def test_who_shares_a_number_and_goes_takes_no_way_back_from_who_stays(
    transactions: Transactions, clock: StoppedClock, texts: Texts, dora: Principal
) -> None:
    """At sign-up nobody proves their number: whoever gives Dora’s must not spoil hers."""
    piero, sara = (
        sign_up(transactions, Authenticator(), alias=alias).principal for alias in ("Piero", "Sara")
    )
    sent = send(transactions)
    leave_no_trace(transactions, clock, piero)

    prove(transactions, sent, texts.newest_code())
    leave_no_trace(transactions, clock, sara)

    opened = wait(transactions, sent.handle_token)
    assert opened.user.id == dora.user.id


def test_who_goes_takes_no_new_number_from_who_is_about_to_have_it(
    transactions: Transactions, clock: StoppedClock, texts: Texts, dora: Principal
) -> None:
    new = "+393331234567"
    piero = sign_up(transactions, Authenticator(), alias="Piero", phone=new).principal
    with transactions.writing() as tx:
        sent = begin_phone_change(tx, dora, phone=new, region="", words=WORDS, address=ADDRESS)
    leave_no_trace(transactions, clock, piero)

    code = texts.newest_code()
    finish_phone_change(transactions, dora, handle_token=sent.handle_token, code=code, words=WORDS)

    with transactions.reading() as tx:
        assert phone_of(tx, dora.user.id) == new


def test_with_the_last_one_who_had_it_a_number_goes_and_leads_nowhere(
    transactions: Transactions, clock: StoppedClock, texts: Texts, dora: Principal
) -> None:
    sent = send(transactions)
    leave_no_trace(transactions, clock, dora)

    with transactions.reading() as tx:
        assert tx.db.exec(select(tables.Verification.phone_sealed)).one() == b""
    prove(transactions, sent, texts.newest_code())
    with pytest.raises(Conflict, match="code_gone"):
        wait(transactions, sent.handle_token)
