"""One key signs; the one before proves a little longer; nothing private is kept in clear."""

import json
from datetime import timedelta

import pytest

from tests.conftest import StoppedClock
from tests.support.races import at_once
from treno_chat.actions.tokens.signing_keys import (
    current_key,
    find_key,
    known_keys,
    private_half,
    retire,
    rotate,
    rotate_by_age,
)
from treno_chat.actions.transaction import Transactions
from treno_chat.domain.policy import Policy, TokenPolicy
from treno_chat.domain.refusals import NotFound
from treno_chat.domain.tokens.signing_keys import Algorithm, StoredKey
from treno_chat.domain.vault import Vault
from treno_chat.stores.operations import signing_keys

PROVES_FOR = TokenPolicy().proves_for


def signing(transactions: Transactions) -> StoredKey:
    """Return the key that signs now."""
    with transactions.writing() as tx:
        return current_key(tx)


def kids(transactions: Transactions) -> list[str]:
    """Return which keys are known now."""
    with transactions.reading() as tx:
        return [key.kid for key in known_keys(tx)]


def test_the_first_who_needs_a_key_makes_it(transactions: Transactions) -> None:
    assert kids(transactions) == []

    key = signing(transactions)

    assert key.algorithm is Algorithm.ES256
    assert signing(transactions) == key
    assert kids(transactions) == [key.kid]


def test_s60_the_private_half_is_kept_sealed(transactions: Transactions) -> None:
    key = signing(transactions)

    with transactions.reading() as tx:
        assert "PRIVATE KEY" in (private_half(tx, key) or "")
    assert b"PRIVATE" not in key.private_sealed
    assert "d" not in json.loads(key.public_jwk)


def test_of_many_who_need_the_first_key_one_makes_it(transactions: Transactions) -> None:
    assert at_once(*[lambda: signing(transactions)] * 6) == ["in"] * 6
    assert len(kids(transactions)) == 1


def test_the_key_before_is_known_until_nothing_it_signed_is_good(
    transactions: Transactions, clock: StoppedClock
) -> None:
    old = signing(transactions)
    clock.pass_(timedelta(seconds=1))
    with transactions.writing() as tx:
        new = rotate(tx)
    assert signing(transactions) == new
    assert kids(transactions) == [new.kid, old.kid]

    clock.pass_(PROVES_FOR)
    assert kids(transactions) == [new.kid, old.kid]
    clock.pass_(timedelta(seconds=1))
    assert kids(transactions) == [new.kid]
    with transactions.writing() as tx:
        assert rotate_by_age(tx) == 1
        assert [key.kid for key in signing_keys.all_keys(tx.db)] == [new.kid]


def test_an_old_key_proves_as_long_as_tokens_live_and_keys_are_cached() -> None:
    assert timedelta(minutes=10) + timedelta(seconds=60 + 300) == PROVES_FOR


def test_a_key_of_ninety_days_is_changed(transactions: Transactions, clock: StoppedClock) -> None:
    with transactions.writing() as tx:
        assert rotate_by_age(tx) == 1
    old = signing(transactions)
    clock.pass_(timedelta(days=90) - timedelta(seconds=1))
    with transactions.writing() as tx:
        assert rotate_by_age(tx) == 0
    assert signing(transactions) == old

    clock.pass_(timedelta(seconds=1))
    with transactions.writing() as tx:
        assert rotate_by_age(tx) == 1
    assert signing(transactions) != old
    assert kids(transactions) == [signing(transactions).kid, old.kid]


def test_a_forgotten_key_proves_nothing_and_another_signs(transactions: Transactions) -> None:
    lost = signing(transactions)

    with transactions.writing() as tx:
        key = retire(tx, lost.kid)
        assert find_key(tx, lost.kid) is None
        assert find_key(tx, key.kid) is not None

    assert kids(transactions) == [key.kid]


def test_a_key_that_is_not_there_cannot_be_forgotten(transactions: Transactions) -> None:
    key = signing(transactions)

    with pytest.raises(NotFound, match="key_not_found"), transactions.writing() as tx:
        retire(tx, "another")
    assert kids(transactions) == [key.kid]


@pytest.mark.parametrize("kid", ["", "another", "' OR 1=1 --", "\0", "\ud800", "../../etc/passwd"])
def test_a_name_of_no_key_finds_none(transactions: Transactions, kid: str) -> None:
    signing(transactions)

    with transactions.reading() as tx:
        assert find_key(tx, kid) is None


def test_another_algorithm_or_secret_makes_another_key(transactions: Transactions) -> None:
    old = signing(transactions)
    policy = Policy(tokens=TokenPolicy(algorithm=Algorithm.EDDSA))
    other = Transactions(
        transactions.database,
        policy=policy,
        vault=Vault("another secret of the tests, as long"),
        clock=transactions.clock,
    )

    key = signing(other)
    assert key.algorithm is Algorithm.EDDSA
    same_algorithm = Transactions(
        transactions.database, policy=policy, vault=transactions.vault, clock=transactions.clock
    )
    resealed = signing(same_algorithm)

    assert len({old.kid, key.kid, resealed.kid}) == 3
    assert set(kids(transactions)) == {old.kid, key.kid, resealed.kid}
