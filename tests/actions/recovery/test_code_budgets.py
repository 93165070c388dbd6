"""How many codes go out: to a number, from a network, to a prefix, and in all (S22)."""

import itertools
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from tests.actions.verifying import (
    HERS,
    NOBODYS,
    give_number,
    resend,
    send,
)
from tests.conftest import StoppedClock
from treno_chat.actions.transaction import Transactions
from treno_chat.domain.door.sessions import Principal
from treno_chat.domain.policy import CodePolicy
from treno_chat.domain.recovery.codes import Purpose
from treno_chat.domain.refusals import TooFast
from treno_chat.stores import tables

MINUTE = timedelta(seconds=60)


@pytest.fixture(autouse=True)
def owner(transactions: Transactions, ada: Principal) -> Principal:
    """Ada, whose number is known from now on."""
    give_number(transactions, ada)
    return ada


@pytest.mark.parametrize("phone", [HERS, NOBODYS])
def test_a_number_gets_a_code_a_minute_three_an_hour_and_five_a_day(
    transactions: Transactions, clock: StoppedClock, phone: str
) -> None:
    waits: list[int] = []
    for _ in range(6):
        send(transactions, phone)
        with pytest.raises(TooFast, match="code_too_soon") as refused:
            send(transactions, phone)
        waits.append(refused.value.seconds)
        clock.pass_(timedelta(seconds=refused.value.seconds))

    assert waits == [60, 60, 3480, 60, 86400 - 3660, 60]


def test_the_prefix_and_all_together_have_a_budget(
    transactions: Transactions, clock: StoppedClock
) -> None:
    transactions.policy = replace(
        transactions.policy, codes=CodePolicy(prefix_per_hour=2, all_per_hour=3)
    )
    change = Purpose.PHONE_CHANGE
    for last in range(2):
        send(transactions, f"345 678 900{last}", purpose=change)

    with pytest.raises(TooFast, match="sms_budget") as refused:
        send(transactions)
    assert refused.value.seconds == 3600
    with pytest.raises(TooFast, match="sms_budget"):
        send(transactions, NOBODYS)
    send(transactions, "333 678 9001", purpose=change)
    with pytest.raises(TooFast, match="sms_budget"):
        send(transactions, "348 678 9001", purpose=change)
    clock.pass_(timedelta(hours=1))
    assert send(transactions)


@pytest.mark.parametrize("purpose", Purpose)
def test_a_network_gets_ten_codes_an_hour_and_thirty_a_day_whosever_the_numbers(
    transactions: Transactions, clock: StoppedClock, purpose: Purpose
) -> None:
    """Numbers cost nothing to make up: without this, one browser spends what is everybody's."""
    numbers = (f"34{number // 10} 678 90{number:02}" for number in itertools.count())
    mine, neighbours = "2001:db8:1:2::1", "2001:db8:1:2:ffff::9"

    for hours in (1, 1, 22):
        for address in [mine, neighbours] * 5:
            send(transactions, next(numbers), purpose=purpose, address=address)
        for address in (mine, neighbours):
            with pytest.raises(TooFast, match="sms_network") as refused:
                send(transactions, HERS, purpose=purpose, address=address)
            assert refused.value.seconds == hours * 3600
        send(transactions, next(numbers), purpose=purpose, address="2001:db8:1:3::1")
        clock.pass_(timedelta(hours=hours))
    send(transactions, next(numbers), purpose=purpose, address=mine)


def test_another_code_counts_for_the_network_that_asks_for_it(
    transactions: Transactions, clock: StoppedClock
) -> None:
    transactions.policy = replace(transactions.policy, codes=CodePolicy(network_per_hour=1))
    sent = send(transactions)
    clock.pass_(MINUTE)

    with pytest.raises(TooFast, match="sms_network"):
        resend(transactions, sent)
    assert resend(transactions, sent, address="198.51.100.1")


def test_s21_of_the_network_that_asked_only_a_keyed_hash_is_kept(
    transactions: Transactions,
) -> None:
    send(transactions, address="198.51.100.77")

    with transactions.reading() as tx:
        row = tx.db.exec(select(tables.Verification)).one()
    assert row.network
    assert "198.51.100" not in repr(row)


def test_an_account_does_not_try_one_number_after_another(
    transactions: Transactions, ada: Principal, bruno: Principal
) -> None:
    change = Purpose.PHONE_CHANGE
    send(transactions, "345 678 9001", purpose=change, user_id=ada.user.id)

    with pytest.raises(TooFast, match="code_too_soon"):
        send(transactions, "345 678 9002", purpose=change, user_id=ada.user.id)
    assert send(transactions, "345 678 9002", purpose=change, user_id=bruno.user.id)
