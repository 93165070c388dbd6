"""A person’s own passkeys: named anew, removed, and never the last gone."""

from datetime import timedelta

import pytest
from sqlmodel import select

from tests.actions.account.adding import add, names_of, told
from tests.actions.audits import kinds_of
from tests.conftest import StoppedClock
from tests.support.accounts import log_in, sign_up
from tests.support.authenticator import Authenticator, decode
from tests.support.races import at_once
from treno_chat.actions.account.overview import view_accepted
from treno_chat.actions.account.own_passkeys import (
    remove_passkey,
    rename_passkey,
)
from treno_chat.actions.account.own_sessions import list_own_sessions
from treno_chat.actions.door.sessions import look_up
from treno_chat.actions.transaction import Transactions
from treno_chat.domain.door.passkeys import Passkey
from treno_chat.domain.door.sessions import Principal
from treno_chat.domain.ids import PlaceId
from treno_chat.domain.policy import Policy
from treno_chat.domain.refusals import Conflict, Forbidden, Invalid, NotFound, NotSignedIn
from treno_chat.stores import tables
from treno_chat.stores.door import passkeys


@pytest.fixture
def policy() -> Policy:
    """The defaults, but for how many passkeys one may have."""
    return Policy(passkeys_per_person=3)


@pytest.fixture
def key() -> Authenticator:
    """Dora's first authenticator."""
    return Authenticator()


@pytest.fixture
def dora(transactions: Transactions, place: PlaceId, key: Authenticator) -> Principal:
    """Somebody who has just signed up."""
    return sign_up(transactions, key).principal


def test_a_passkey_that_was_removed_opens_nothing(
    transactions: Transactions, dora: Principal
) -> None:
    laptop = Authenticator()
    added = add(transactions, dora, laptop)
    with transactions.writing() as tx:
        remove_passkey(tx, dora, added.id)

    with pytest.raises(Forbidden, match="passkey_refused"):
        log_in(transactions, laptop)
    assert names_of(transactions, dora) == [""]
    assert told(transactions, dora)[0] == ("passkey_removed", "Laptop")
    assert "passkey_removed" in kinds_of(transactions, dora.user.id)


def test_s31_whoever_came_in_by_it_is_out_and_so_is_everybody_else(
    transactions: Transactions, dora: Principal, key: Authenticator
) -> None:
    stolen = Authenticator()
    added = add(transactions, dora, stolen)
    others = [log_in(transactions, each).principal for each in (stolen, key)]
    with transactions.writing() as tx:
        remove_passkey(tx, dora, added.id)

    with transactions.reading() as tx:
        assert [each.is_this for each in list_own_sessions(tx, dora)] == [True]
        for other in others:
            with pytest.raises(NotSignedIn):
                look_up(tx, other.session.id)


def test_removing_asks_for_a_fresh_proof(
    transactions: Transactions, clock: StoppedClock, dora: Principal
) -> None:
    added = add(transactions, dora, Authenticator())
    clock.pass_(timedelta(minutes=11))

    with transactions.writing() as tx, pytest.raises(Forbidden, match="step_up_needed"):
        remove_passkey(tx, dora, added.id)
    assert len(names_of(transactions, dora)) == 2


def test_the_last_way_in_stays(transactions: Transactions, dora: Principal) -> None:
    with transactions.reading() as tx:
        (only,) = passkeys.of_person(tx.db, dora.user.id)

    with transactions.writing() as tx, pytest.raises(Conflict, match="last_passkey"):
        remove_passkey(tx, dora, only.id)
    assert names_of(transactions, dora) == [""]


def test_s49_two_who_remove_one_each_leave_one(transactions: Transactions, dora: Principal) -> None:
    add(transactions, dora, Authenticator())
    with transactions.reading() as tx:
        first, second = passkeys.of_person(tx.db, dora.user.id)

    def remove(passkey: Passkey) -> None:
        with transactions.writing() as tx:
            remove_passkey(tx, dora, passkey.id)

    outcomes = at_once(lambda: remove(first), lambda: remove(second))

    assert sorted(outcomes) == ["in", "last_passkey"]
    assert len(names_of(transactions, dora)) == 1


def test_a_passkey_gets_another_name(transactions: Transactions, dora: Principal) -> None:
    with transactions.writing() as tx:
        (only,) = passkeys.of_person(tx.db, dora.user.id)
        rename_passkey(tx, dora, only.id, "  Dora’s phone ")

    assert names_of(transactions, dora) == ["Dora’s phone"]
    with transactions.writing() as tx, pytest.raises(Invalid, match="line_too_long"):
        rename_passkey(tx, dora, only.id, "x" * 41)


@pytest.mark.parametrize("passkey_id", ["", "nobody's", "\ud800", "\x00"])
def test_s35_a_passkey_of_another_is_not_there(
    transactions: Transactions, dora: Principal, passkey_id: str
) -> None:
    add(transactions, dora, Authenticator())
    elio = sign_up(transactions, Authenticator(), alias="Elio").principal
    with transactions.reading() as tx:
        (elios,) = passkeys.of_person(tx.db, elio.user.id)

    for wanted in (elios.id, passkey_id):
        with transactions.writing() as tx, pytest.raises(NotFound, match="not_found"):
            remove_passkey(tx, dora, wanted)
        with transactions.writing() as tx, pytest.raises(NotFound, match="not_found"):
            rename_passkey(tx, dora, wanted, "Mine")
    assert names_of(transactions, elio) == [""]


def test_s67_a_device_is_told_what_opens_the_account(
    transactions: Transactions, dora: Principal, key: Authenticator
) -> None:
    laptop = Authenticator()
    add(transactions, dora, laptop)

    with transactions.reading() as tx:
        accepted = view_accepted(tx, dora)
        row = tx.db.exec(select(tables.User).where(tables.User.id == dora.user.id)).one()
        assert decode(accepted.handle) == row.handle
    assert [decode(each) for each in accepted.credential_ids] == [
        key.credential_id,
        laptop.credential_id,
    ]
    assert (accepted.relying_party, accepted.alias) == ("localhost", "Dora")
