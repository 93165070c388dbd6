"""The ceremony of signing up: one challenge, one browser, one answer."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from tests.actions.signing_up import begin, finish, people, sign_up
from tests.conftest import StoppedClock
from tests.support.authenticator import Authenticator, Lie, decode
from treno_chat.actions.door.passkeys import begin_login
from treno_chat.actions.transaction import Transactions
from treno_chat.domain.door.sessions import Principal, new_token
from treno_chat.domain.ids import PlaceId
from treno_chat.domain.refusals import (
    Forbidden,
)
from treno_chat.stores import tables


def challenges_left(transactions: Transactions) -> int:
    with transactions.reading() as tx:
        return len(tx.db.exec(select(tables.Challenge)).all())


def test_a_ceremony_that_is_never_finished_leaves_nobody_behind(
    transactions: Transactions, clock: StoppedClock, place: PlaceId, key: Authenticator
) -> None:
    with transactions.writing() as tx:
        begun = begin(tx)
    assert people(transactions) == {}
    clock.pass_(timedelta(seconds=300))

    with pytest.raises(Forbidden, match="passkey_expired"):
        finish(transactions, begun, key.create(begun.options))
    assert people(transactions) == {}
    assert challenges_left(transactions) == 0


@pytest.mark.parametrize("answer", [None, [], {}, "a text"])
def test_a_challenge_is_gone_whatever_was_answered(
    transactions: Transactions, place: PlaceId, key: Authenticator, answer: object
) -> None:
    with transactions.writing() as tx:
        begun = begin(tx)
    with pytest.raises(Forbidden):
        finish(transactions, begun, answer)

    assert challenges_left(transactions) == 0
    with pytest.raises(Forbidden, match="passkey_expired"):
        finish(transactions, begun, key.create(begun.options))
    assert people(transactions) == {}


def test_s48_nobody_finishes_what_they_did_not_begin(
    transactions: Transactions, place: PlaceId, key: Authenticator
) -> None:
    with transactions.writing() as tx:
        begun = begin(tx)

    with pytest.raises(Forbidden, match="passkey_expired"):
        finish(transactions, replace(begun, handle_token=new_token()), key.create(begun.options))
    assert challenges_left(transactions) == 1


def test_r3_a_challenge_of_the_other_ceremony_does_not_sign_up(
    transactions: Transactions, place: PlaceId, key: Authenticator
) -> None:
    with transactions.writing() as tx:
        begun = begin(tx)
        login = begin_login(tx)
    options = {**begun.options, "challenge": login.options["challenge"]}

    with pytest.raises(Forbidden, match="passkey_expired"):
        finish(transactions, login, key.create(options))
    assert people(transactions) == {}


def test_r3_a_challenge_belongs_to_the_session_it_was_given_to(
    transactions: Transactions, ada: Principal, bruno: Principal
) -> None:
    for holder, thief in ((ada, bruno), (ada, None), (None, ada)):
        key = Authenticator()
        with transactions.writing() as tx:
            begun = begin(tx, current=holder)

        with pytest.raises(Forbidden, match="passkey_refused"):
            finish(transactions, begun, key.create(begun.options), current=thief)
    assert people(transactions) == {"Ada": True, "Bruno": True}


def test_r4_a_ceremony_of_another_site_makes_nobody(
    transactions: Transactions, place: PlaceId, key: Authenticator
) -> None:
    with transactions.writing() as tx:
        begun = begin(tx)

    with pytest.raises(Forbidden, match="passkey_refused"):
        finish(transactions, begun, key.create(begun.options, Lie(origin="https://evil.example")))
    assert people(transactions) == {}


def test_r15_a_credential_is_registered_once(
    transactions: Transactions, ada: Principal, key: Authenticator
) -> None:
    sign_up(transactions, key)

    with pytest.raises(Forbidden, match="passkey_refused"):
        sign_up(transactions, key, alias="Elio")
    with pytest.raises(Forbidden, match="passkey_refused"):
        sign_up(transactions, key, alias="Ada", current=ada)
    assert people(transactions) == {"Ada": True, "Dora": False}


def test_the_browser_is_asked_with_what_was_typed(
    transactions: Transactions, place: PlaceId
) -> None:
    with transactions.writing() as tx:
        first, second = begin(tx), begin(tx)

    assert first.options["user"]["name"] == "Dora"
    assert len(decode(first.options["challenge"])) == 32
    assert first.options["challenge"] != second.options["challenge"]
    assert first.options["user"]["id"] != second.options["user"]["id"]
    assert first.handle_token not in repr(first)
