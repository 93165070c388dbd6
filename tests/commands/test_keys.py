"""`keys`: the operator sees what signs, changes it, and forgets what was lost."""

import json
import re

import pytest

from tests.commands.conftest import Order
from treno_chat.actions.tokens.signing_keys import current_key, known_keys
from treno_chat.actions.transaction import Transactions


def kids(transactions: Transactions) -> list[str]:
    with transactions.reading() as tx:
        return [key.kid for key in known_keys(tx)]


def test_before_the_first_start_there_is_no_key(order: Order, transactions: Transactions) -> None:
    told = order("keys", "list")

    assert (told.code, told.err) == (0, "")
    assert told.out == "There is no key yet: the first server that starts makes one.\n"
    assert kids(transactions) == []


def test_a_rotation_makes_another_sign_and_keeps_the_one_before(
    order: Order, transactions: Transactions
) -> None:
    with transactions.writing() as tx:
        before = current_key(tx).kid

    rotated = order("keys", "rotate")
    listed = order("keys", "list")

    assert rotated.out == f"{kids(transactions)[0]} signs from now on.\n"
    heading, first, second = listed.out.splitlines()
    assert heading.split() == ["KID", "ALGORITHM", "CREATED", "RETIRED"]
    assert re.fullmatch(rf"{kids(transactions)[0]} +ES256 .* –", first)
    assert re.fullmatch(rf"{before} +ES256 .*\d\d:\d\d", second)
    assert "PRIVATE" not in listed.out


def test_a_lost_key_is_forgotten_at_once(order: Order, transactions: Transactions) -> None:
    with transactions.writing() as tx:
        lost = current_key(tx).kid

    told = order("keys", "retire", lost)

    assert told.out == f"{lost} is forgotten; {kids(transactions)[0]} signs.\n"
    assert lost not in kids(transactions)
    assert len(kids(transactions)) == 1


@pytest.mark.parametrize("kid", ["another", "\udcff"])
def test_a_key_that_is_not_there_is_said(
    order: Order, transactions: Transactions, kid: str
) -> None:
    told = order("keys", "retire", kid)

    assert (told.code, told.out) == (1, "")
    assert told.err == "There is no key by that id.\n"
    assert kids(transactions) == []


def test_the_list_for_programs_has_nothing_of_the_keys_themselves(
    order: Order, transactions: Transactions
) -> None:
    with transactions.writing() as tx:
        key = current_key(tx)

    (listed,) = json.loads(order("keys", "list", "--json").out)

    assert listed == {
        "kid": key.kid,
        "algorithm": "ES256",
        "created_at": key.created_at.isoformat(),
        "retired_at": None,
    }
