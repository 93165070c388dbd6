"""Numbers that are nobody’s: nothing is sent to them, and nobody can tell (S14, S23)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.actions.statements import statements
from tests.actions.verifying import (
    HERS,
    NOBODYS,
    give_number,
    guess_wrong,
    resend,
    send,
)
from tests.conftest import StoppedClock
from tests.support.texts import Texts
from treno_chat.actions.transaction import Transactions
from treno_chat.domain.door.sessions import Principal
from treno_chat.domain.policy import CodePolicy
from treno_chat.domain.refusals import Unavailable

MINUTE = timedelta(seconds=60)


@pytest.fixture(autouse=True)
def owner(transactions: Transactions, ada: Principal) -> Principal:
    """Ada, whose number is known from now on."""
    give_number(transactions, ada)
    return ada


def test_what_is_not_sent_costs_no_budget(transactions: Transactions) -> None:
    transactions.policy = replace(transactions.policy, codes=CodePolicy(all_per_hour=1))
    for last in range(3):
        send(transactions, f"345 678 900{last}")

    assert send(transactions)


def test_while_the_sender_fails_nobody_is_promised_anything(
    transactions: Transactions, texts: Texts
) -> None:
    texts.is_closed = True

    for phone in (HERS, NOBODYS):
        with pytest.raises(Unavailable, match="sms_failed"):
            send(transactions, phone)

    texts.is_closed = False
    assert send(transactions)  # nothing was counted


def test_s23_nothing_is_sent_to_a_number_that_is_nobodys(
    transactions: Transactions, texts: Texts
) -> None:
    send(transactions, NOBODYS)

    assert texts.sent == [None]


def test_s14_and_s23_a_number_known_or_not_makes_the_same_work_and_answers(
    transactions: Transactions, clock: StoppedClock
) -> None:
    def live(phone: str) -> list[object]:
        """Ask, guess wrong twice, ask again."""
        first = send(transactions, phone)
        told: list[object] = [replace(first, handle_token="", masked="")]
        told += guess_wrong(transactions, first, 3, "000000")
        clock.pass_(MINUTE)
        second = resend(transactions, first)
        told += [replace(second, handle_token="", masked="")]
        return told + guess_wrong(transactions, second, 3, "000000")

    done: list[list[str]] = []
    told: list[list[object]] = []
    for phone in (HERS, NOBODYS):
        with statements(transactions.database) as seen:
            told.append(live(phone))
        done.append([each.sql for each in seen])

    assert told[0] == told[1]
    assert done[0] == done[1]
    assert done[0]
