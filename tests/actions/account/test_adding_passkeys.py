"""A passkey is added by the person of the session alone, freshly proven."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.actions.account.adding import add, begin, finish, names_of, told
from tests.actions.audits import kinds_of
from tests.conftest import StoppedClock
from tests.support.accounts import log_in, sign_up, step_up
from tests.support.authenticator import Authenticator, Lie, decode
from treno_chat.actions.account.own_passkeys import (
    begin_addition,
)
from treno_chat.actions.door.passkeys import begin_sign_up, finish_sign_up
from treno_chat.actions.transaction import Transactions
from treno_chat.domain.door.sessions import Device, Principal
from treno_chat.domain.ids import PlaceId
from treno_chat.domain.policy import Policy
from treno_chat.domain.refusals import Conflict, Forbidden, Invalid


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


def test_a_second_passkey_opens_the_same_account(
    transactions: Transactions, dora: Principal
) -> None:
    laptop = Authenticator()
    add(transactions, dora, laptop)

    assert log_in(transactions, laptop).principal.user == dora.user
    assert names_of(transactions, dora) == ["", "Laptop"]
    assert told(transactions, dora) == [("passkey_added", "Laptop")]
    assert "passkey_added" in kinds_of(transactions, dora.user.id)


def test_the_browser_is_told_what_the_account_has_and_whose_it_is(
    transactions: Transactions, dora: Principal, key: Authenticator
) -> None:
    options = begin(transactions, dora).options

    excluded = [decode(each["id"]) for each in options["excludeCredentials"]]
    assert excluded == [key.credential_id]
    assert decode(options["user"]["id"]) == key.handle
    assert options["user"]["name"] == "Dora"


def test_r19_adding_asks_for_a_fresh_proof(
    transactions: Transactions, clock: StoppedClock, dora: Principal, key: Authenticator
) -> None:
    clock.pass_(timedelta(minutes=11))
    with transactions.writing() as tx, pytest.raises(Forbidden, match="step_up_needed"):
        begin_addition(tx, dora)
    step_up(transactions, dora, key)

    assert begin(transactions, dora)


def test_r19_guests_add_nothing(transactions: Transactions, ada: Principal) -> None:
    with transactions.writing() as tx, pytest.raises(Forbidden, match="account_needed"):
        begin_addition(tx, ada)


def test_r19_the_passkey_is_of_the_person_of_the_session(
    transactions: Transactions, dora: Principal, key: Authenticator
) -> None:
    elio = sign_up(transactions, Authenticator(), alias="Elio").principal
    begun = begin(transactions, dora)
    answer = Authenticator().create(begun.options)

    with pytest.raises(Forbidden, match="passkey_refused"):
        finish(transactions, elio, begun, answer)
    forged = replace(dora, session=elio.session)
    with pytest.raises(Forbidden, match="passkey_refused"):
        finish(transactions, forged, begin(transactions, dora), answer)
    assert names_of(transactions, elio) == [""]
    assert names_of(transactions, dora) == [""]


def test_r3_another_session_of_the_same_person_does_not_finish_it(
    transactions: Transactions, dora: Principal, key: Authenticator
) -> None:
    other = log_in(transactions, key).principal
    begun = begin(transactions, dora)

    with pytest.raises(Forbidden, match="passkey_refused"):
        finish(transactions, other, begun, Authenticator().create(begun.options))


def test_r3_a_challenge_of_adding_signs_nobody_up(
    transactions: Transactions, dora: Principal, device: Device
) -> None:
    begun = begin(transactions, dora)

    for current in (dora, None):
        with pytest.raises(Forbidden, match="passkey_expired"):
            finish_sign_up(
                transactions,
                handle_token=begun.handle_token,
                credential=Authenticator().create(begun.options),
                place_slug="treno-lucca-aulla",
                device=device,
                current=current,
            )


def test_r3_a_challenge_of_signing_up_adds_nothing(
    transactions: Transactions, ada: Principal
) -> None:
    with transactions.writing() as tx:
        begun = begin_sign_up(
            tx,
            place_slug="treno-lucca-aulla",
            alias="Ada",
            gender="female",
            phone="+393456789012",
            region="",
            current=ada,
        )
    registered = sign_up(transactions, Authenticator(), alias="Ada", current=ada).principal

    with pytest.raises(Forbidden, match="passkey_expired"):
        finish(transactions, registered, begun, Authenticator().create(begun.options))


def test_r15_a_passkey_of_anybody_is_not_added(
    transactions: Transactions, dora: Principal, key: Authenticator
) -> None:
    strangers = Authenticator()
    sign_up(transactions, strangers, alias="Elio")

    for taken in (key, strangers):
        with pytest.raises(Forbidden, match="passkey_refused"):
            add(transactions, dora, taken)
    assert names_of(transactions, dora) == [""]
    assert told(transactions, dora) == []


def test_what_does_not_prove_adds_nothing_and_costs_the_challenge(
    transactions: Transactions, dora: Principal
) -> None:
    begun = begin(transactions, dora)
    laptop = Authenticator()
    wrong = laptop.create(begun.options, Lie(origin="https://evil.example"))
    with pytest.raises(Forbidden, match="passkey_refused"):
        finish(transactions, dora, begun, wrong)

    with pytest.raises(Forbidden, match="passkey_expired"):
        finish(transactions, dora, begun, laptop.create(begun.options))
    assert names_of(transactions, dora) == [""]


@pytest.mark.parametrize("name", ["", "  ", "x" * 41, "a\u202eb", "\ud800"])
def test_a_wrong_name_costs_no_challenge(
    transactions: Transactions, dora: Principal, name: str
) -> None:
    begun = begin(transactions, dora)
    answer = Authenticator().create(begun.options)
    with pytest.raises(Invalid) as refused:
        finish(transactions, dora, begun, answer, name=name)
    assert refused.value.field == "name"

    assert finish(transactions, dora, begun, answer).name == "Laptop"


def test_there_is_an_end_to_passkeys(transactions: Transactions, dora: Principal) -> None:
    add(transactions, dora, Authenticator())
    begun = begin(transactions, dora)
    add(transactions, dora, Authenticator())

    with transactions.writing() as tx, pytest.raises(Conflict, match="too_many_passkeys"):
        begin_addition(tx, dora)
    with pytest.raises(Conflict, match="too_many_passkeys"):
        finish(transactions, dora, begun, Authenticator().create(begun.options))
