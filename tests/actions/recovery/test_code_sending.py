"""Codes by SMS: after the commit, in their order, and forgotten in time."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from tests.actions.verifying import (
    ADDRESS,
    HERS,
    NOBODYS,
    WORDS,
    give_number,
    guess_wrong,
    prove,
    resend,
    send,
)
from tests.conftest import StoppedClock
from tests.support.races import at_once
from tests.support.texts import Texts
from treno_chat.actions.operations.leftovers import forget_verifications
from treno_chat.actions.recovery.code_sending import note_unsent
from treno_chat.actions.recovery.verification import find_proven, send_code
from treno_chat.actions.transaction import Transactions
from treno_chat.domain.door.sessions import Principal
from treno_chat.domain.policy import CodePolicy
from treno_chat.domain.recovery.codes import Purpose
from treno_chat.domain.refusals import Conflict, Invalid
from treno_chat.stores import tables
from treno_chat.stores.account import leaving

MINUTE = timedelta(seconds=60)


@pytest.fixture(autouse=True)
def owner(transactions: Transactions, ada: Principal) -> Principal:
    """Ada, whose number is known from now on."""
    give_number(transactions, ada)
    return ada


def test_the_message_ends_as_phones_understand_it(transactions: Transactions, texts: Texts) -> None:
    send(transactions)

    (sms,) = texts.sent
    assert sms is not None
    assert sms.phone == "+393456789012"
    assert sms.text.splitlines()[-1] == f"@localhost #{texts.newest_code()}"
    assert texts.newest_code() not in repr(sms)


def test_what_is_no_code_costs_no_try(transactions: Transactions, texts: Texts) -> None:
    sent = send(transactions)

    for typed in ("", "12345", "1234567", "12345a", "١٢٣٤٥٦", "\0" * 6, "9" * 1000):
        with pytest.raises(Invalid, match="code_malformed"):
            prove(transactions, sent, typed)

    guess_wrong(transactions, sent, 2, texts.newest_code())
    assert prove(transactions, sent, texts.newest_code())


@pytest.mark.parametrize(
    ("phone", "code"),
    [("345", "phone_invalid"), ("899 123456", "phone_premium"), ("+33612345678", "phone_country")],
)
def test_numbers_that_get_no_codes_are_told_at_their_field(
    transactions: Transactions, phone: str, code: str
) -> None:
    transactions.policy = replace(transactions.policy, codes=CodePolicy(countries=("IT",)))

    with pytest.raises(Invalid, match=code) as refused:
        send(transactions, phone)

    assert refused.value.field == "phone"


def test_nothing_is_handed_over_before_the_commit(transactions: Transactions, texts: Texts) -> None:
    with transactions.writing() as tx:
        send_code(tx, Purpose.RECOVERY, phone=HERS, region="IT", words=WORDS, address=ADDRESS)
        assert texts.sent == []

    assert len(texts.sent) == 1


def test_of_many_who_ask_for_a_code_at_once_one_gets_it(
    transactions: Transactions, texts: Texts
) -> None:
    outcomes = at_once(*[lambda: send(transactions)] * 4)

    assert sorted(outcomes) == ["code_too_soon"] * 3 + ["in"]
    assert len(texts.sent) == 1


def test_s48_nothing_is_resent_or_proven_out_of_order(
    transactions: Transactions, clock: StoppedClock, texts: Texts
) -> None:
    sent = send(transactions)

    with transactions.reading() as tx, pytest.raises(Conflict, match="code_gone"):
        find_proven(tx, sent.handle_token, purpose=Purpose.RECOVERY)
    with pytest.raises(Conflict, match="code_gone"):
        resend(transactions, replace(sent, handle_token=""))
    prove(transactions, sent, texts.newest_code())
    clock.pass_(MINUTE)
    with pytest.raises(Conflict, match="code_gone"):
        resend(transactions, sent)


def test_an_attempt_and_a_proof_are_over_after_a_while(
    transactions: Transactions, clock: StoppedClock, texts: Texts
) -> None:
    sent = send(transactions)
    prove(transactions, sent, texts.newest_code())
    forgotten = send(transactions, NOBODYS)
    clock.pass_(timedelta(minutes=15))
    with transactions.reading() as tx, pytest.raises(Conflict, match="code_gone"):
        find_proven(tx, sent.handle_token, purpose=Purpose.RECOVERY)
    clock.pass_(timedelta(minutes=45))

    with pytest.raises(Conflict, match="code_gone"):
        resend(transactions, forgotten)


def test_codes_are_forgotten_after_a_day_and_wrong_ones_after_quiet_weeks(
    transactions: Transactions, clock: StoppedClock, texts: Texts
) -> None:
    guess_wrong(transactions, send(transactions), 1, texts.newest_code())
    counts: list[int] = []
    for span in (timedelta(hours=23), timedelta(hours=1), timedelta(days=30)):
        clock.pass_(span)
        with transactions.writing() as tx:
            counts.append(forget_verifications(tx))

    assert counts == [0, 1, 0]
    with transactions.reading() as tx:
        assert tx.db.exec(select(tables.CodeFailures)).all() == []


def test_nothing_is_resent_to_the_number_of_an_account_that_was_erased(
    transactions: Transactions, clock: StoppedClock, owner: Principal
) -> None:
    sent = send(transactions)
    with transactions.writing() as tx:
        leaving.remove(tx.db, owner.user.id)
    clock.pass_(MINUTE)

    with pytest.raises(Conflict, match="code_gone"):
        resend(transactions, sent)


def test_s57_what_did_not_get_out_is_written_down(transactions: Transactions) -> None:
    note_unsent(transactions, "status 503")

    with transactions.reading() as tx:
        query = select(tables.AuthEvent).where(tables.AuthEvent.kind == "code_unsent")
        event = tx.db.exec(query).one()
    assert (event.outcome, event.detail, event.user_id) == ("refused", "status 503", None)
