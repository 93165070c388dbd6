"""Codes by SMS: right once, in one browser, for one purpose; wrong only so often (S21, S22)."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from tests.actions.verifying import (
    NOBODYS,
    give_number,
    guess_wrong,
    prove,
    resend,
    send,
    wrong,
)
from tests.conftest import StoppedClock
from tests.support.races import at_once
from tests.support.texts import Texts
from treno_chat.actions.recovery.verification import find_proven
from treno_chat.actions.transaction import Transactions
from treno_chat.domain.door.sessions import Principal, new_token
from treno_chat.domain.policy import CodePolicy
from treno_chat.domain.recovery.codes import Purpose
from treno_chat.domain.refusals import Forbidden, Invalid, TooFast
from treno_chat.stores import tables

MINUTE = timedelta(seconds=60)


@pytest.fixture(autouse=True)
def owner(transactions: Transactions, ada: Principal) -> Principal:
    """Ada, whose number is known from now on."""
    give_number(transactions, ada)
    return ada


def test_the_code_that_was_sent_proves_the_number(transactions: Transactions, texts: Texts) -> None:
    sent = send(transactions)

    proven = prove(transactions, sent, f" {texts.newest_code()[:3]} {texts.newest_code()[3:]} ")

    assert (sent.masked, sent.resend_after, sent.expires_in) == ("+39 •••••••012", 60, 300)
    with transactions.reading() as tx:
        assert proven.phone_fingerprint == tx.vault.fingerprint("+393456789012")
        assert find_proven(tx, sent.handle_token, purpose=Purpose.RECOVERY) == proven


def test_s21_what_is_kept_is_neither_the_code_nor_the_number(
    transactions: Transactions, texts: Texts
) -> None:
    sent = send(transactions)

    with transactions.reading() as tx:
        row = tx.db.exec(select(tables.Verification)).one()
    kept = f"{row!r} {row.phone_sealed!r}"
    assert texts.newest_code() not in row.code_hash
    assert "3456789012" not in kept
    assert sent.handle_token not in kept


def test_s21_a_code_is_good_for_once(transactions: Transactions, texts: Texts) -> None:
    sent = send(transactions)
    prove(transactions, sent, texts.newest_code())

    with pytest.raises(Invalid, match="code_dead"):
        prove(transactions, sent, texts.newest_code())


@pytest.mark.parametrize(("age", "is_good"), [(299, True), (300, False), (301, False)])
def test_s21_a_code_lives_for_300_seconds(
    transactions: Transactions, clock: StoppedClock, texts: Texts, *, age: int, is_good: bool
) -> None:
    sent = send(transactions)
    clock.pass_(timedelta(seconds=age))

    if is_good:
        assert prove(transactions, sent, texts.newest_code())
    else:
        with pytest.raises(Invalid, match="code_dead"):
            prove(transactions, sent, texts.newest_code())


def test_s21_a_code_is_of_no_use_in_another_browser(
    transactions: Transactions, clock: StoppedClock, texts: Texts
) -> None:
    mine = send(transactions, NOBODYS)
    hers = send(transactions)

    with pytest.raises(Invalid, match="code_wrong"):
        prove(transactions, mine, texts.newest_code())
    with pytest.raises(Invalid, match="code_dead"):
        prove(transactions, replace(mine, handle_token=new_token()), texts.newest_code())
    assert prove(transactions, hers, texts.newest_code())


def test_s21_a_code_is_of_no_use_for_anything_else(
    transactions: Transactions, texts: Texts, ada: Principal
) -> None:
    sent = send(transactions)

    with pytest.raises(Invalid, match="code_dead"):
        prove(transactions, sent, texts.newest_code(), purpose=Purpose.PHONE_CHANGE)
    with pytest.raises(Invalid, match="code_dead"):
        prove(transactions, sent, texts.newest_code(), session_id=ada.session.id)
    assert prove(transactions, sent, texts.newest_code())


def test_s22_after_three_wrong_tries_the_right_code_is_dead(
    transactions: Transactions, texts: Texts
) -> None:
    sent = send(transactions)

    refusals = guess_wrong(transactions, sent, 4, texts.newest_code())

    assert refusals == ["code_wrong", "code_wrong", "code_dead", "code_dead"]
    with pytest.raises(Invalid, match="code_dead"):
        prove(transactions, sent, texts.newest_code())


def test_it_is_told_how_many_tries_are_left(transactions: Transactions, texts: Texts) -> None:
    sent = send(transactions)

    with pytest.raises(Invalid) as refused:
        prove(transactions, sent, wrong(texts.newest_code()))

    assert (refused.value.field, refused.value.params) == ("code", {"tries": 2})


def test_s22_a_resend_does_not_restore_the_accounts_count(
    transactions: Transactions, clock: StoppedClock, texts: Texts
) -> None:
    first = send(transactions)
    guess_wrong(transactions, first, 3, texts.newest_code())
    clock.pass_(MINUTE)
    second = resend(transactions, first)

    refusals = guess_wrong(transactions, second, 3, texts.newest_code())

    assert refusals == ["code_wrong", "codes_locked", "codes_locked"]
    with pytest.raises(TooFast, match="codes_locked"):
        prove(transactions, second, texts.newest_code())
    clock.pass_(timedelta(hours=1))
    with pytest.raises(TooFast, match="codes_locked") as refused:
        send(transactions)
    assert refused.value.seconds == 23 * 3600 - 60
    clock.pass_(timedelta(hours=23))
    assert send(transactions)


def test_the_right_code_ends_the_row_of_wrong_ones(
    transactions: Transactions, clock: StoppedClock, texts: Texts
) -> None:
    for _ in range(3):
        sent = send(transactions)
        guess_wrong(transactions, sent, 2, texts.newest_code())
        prove(transactions, sent, texts.newest_code())
        clock.pass_(timedelta(hours=1))

    assert send(transactions)


def test_after_a_hundred_in_a_row_time_does_not_help(
    transactions: Transactions, clock: StoppedClock, texts: Texts
) -> None:
    policy = CodePolicy()
    assert policy.failures_in_a_row == 100
    transactions.policy = replace(transactions.policy, codes=replace(policy, failures_in_a_row=3))
    guess_wrong(transactions, send(transactions), 2, texts.newest_code())
    clock.pass_(timedelta(hours=25))

    sent = send(transactions)

    assert guess_wrong(transactions, sent, 1, texts.newest_code()) == ["codes_blocked"]
    clock.pass_(timedelta(days=20))
    with pytest.raises(Forbidden, match="codes_blocked"):
        send(transactions)


def test_only_the_newest_code_is_good(
    transactions: Transactions, clock: StoppedClock, texts: Texts
) -> None:
    first = send(transactions)
    old = texts.newest_code()
    clock.pass_(MINUTE)
    second = resend(transactions, first)

    with pytest.raises(Invalid, match="code_dead"):
        prove(transactions, first, old)
    assert prove(transactions, second, texts.newest_code())


def test_s49_of_many_who_give_the_right_code_at_once_one_wins(
    transactions: Transactions, texts: Texts
) -> None:
    sent, code = send(transactions), texts.newest_code()

    outcomes = at_once(*[lambda: prove(transactions, sent, code)] * 4)

    assert sorted(outcomes) == ["code_dead"] * 3 + ["in"]


def test_wrong_codes_at_once_are_all_counted(transactions: Transactions, texts: Texts) -> None:
    sent, code = send(transactions), texts.newest_code()

    outcomes = at_once(*[lambda: prove(transactions, sent, wrong(code))] * 5)

    assert sorted(outcomes) == ["code_dead"] * 3 + ["code_wrong"] * 2
    with transactions.reading() as tx:
        assert tx.db.exec(select(tables.CodeFailures.in_a_row)).one() == 3


def test_a_phone_change_is_proven_for_its_own_session(
    transactions: Transactions, texts: Texts, ada: Principal, bruno: Principal
) -> None:
    change = Purpose.PHONE_CHANGE
    sent = send(
        transactions, NOBODYS, purpose=change, user_id=ada.user.id, session_id=ada.session.id
    )
    code = texts.newest_code()

    with pytest.raises(Invalid, match="code_dead"):
        prove(transactions, sent, code, purpose=change, session_id=bruno.session.id)
    proven = prove(transactions, sent, code, purpose=change, session_id=ada.session.id)
    with transactions.reading() as tx:
        assert tx.vault.open(proven.phone_sealed) == "+393456789999"
