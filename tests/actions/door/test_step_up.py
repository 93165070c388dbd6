"""Stepping up: what is grave asks for a passkey of this very person, not long ago."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.actions.audits import kinds_of
from tests.conftest import Heard, StoppedClock
from tests.support.accounts import log_in, sign_up, step_up
from tests.support.authenticator import Authenticator, Lie, decode
from tests.support.races import at_once
from treno_chat.actions.door.challenges import Begun
from treno_chat.actions.door.claims import read_claim
from treno_chat.actions.door.passkeys import begin_login, finish_login
from treno_chat.actions.door.sessions import authenticate, log_out, look_up
from treno_chat.actions.door.step_up import begin_step_up, finish_step_up, require_fresh
from treno_chat.actions.transaction import Transactions
from treno_chat.domain.door.sessions import Device, Entered, Principal, hash_token, new_token
from treno_chat.domain.ids import PlaceId
from treno_chat.domain.refusals import Forbidden, NotSignedIn

TEN_MINUTES = timedelta(minutes=10)


@pytest.fixture
def key() -> Authenticator:
    """Dora's authenticator, which counts."""
    return Authenticator(sign_count=1)


@pytest.fixture
def dora(transactions: Transactions, place: PlaceId, key: Authenticator) -> Entered:
    """Somebody who has signed up."""
    entered = sign_up(transactions, key)
    key.sign_count += 1
    return entered


def no(*_args: object, **_more: object) -> bool:
    return False


def begun_by(transactions: Transactions, principal: Principal) -> Begun:
    with transactions.writing() as tx:
        return begin_step_up(tx, principal)


def test_whoever_just_signed_up_is_fresh_for_ten_minutes(
    transactions: Transactions, clock: StoppedClock, dora: Entered
) -> None:
    clock.pass_(TEN_MINUTES)
    with transactions.reading() as tx:
        assert require_fresh(tx, dora.principal) == dora.principal
    clock.pass_(timedelta(seconds=1))

    with transactions.reading() as tx, pytest.raises(Forbidden, match="step_up_needed"):
        require_fresh(tx, dora.principal)


def test_a_passkey_of_ones_own_makes_fresh_again(
    transactions: Transactions, clock: StoppedClock, dora: Entered, key: Authenticator
) -> None:
    clock.pass_(timedelta(hours=1))
    stepped = step_up(transactions, dora.principal, key)

    with transactions.reading() as tx:
        assert require_fresh(tx, dora.principal) == stepped.principal
        assert stepped.principal.session.authenticated_at == tx.now


def test_the_token_is_rotated_and_the_session_stays(
    transactions: Transactions, heard: Heard, dora: Entered, key: Authenticator
) -> None:
    stepped = step_up(transactions, dora.principal, key)

    assert stepped.principal.session.id == dora.principal.session.id
    assert stepped.principal.visit_id == dora.principal.visit_id
    assert stepped.principal.session.ends_at == dora.principal.session.ends_at
    assert heard.events == []
    with transactions.reading() as tx:
        assert authenticate(tx, hash_token(stepped.session_token)) == stepped.principal
        with pytest.raises(NotSignedIn):
            authenticate(tx, hash_token(dora.session_token))


def test_another_session_of_the_same_person_is_no_fresher(
    transactions: Transactions, clock: StoppedClock, dora: Entered, key: Authenticator
) -> None:
    other = log_in(transactions, key)
    key.sign_count += 1
    clock.pass_(timedelta(hours=1))
    step_up(transactions, dora.principal, key)

    with transactions.reading() as tx, pytest.raises(Forbidden, match="step_up_needed"):
        require_fresh(tx, other.principal)


def test_guests_have_nothing_to_step_up_with(transactions: Transactions, ada: Principal) -> None:
    with transactions.writing() as tx, pytest.raises(Forbidden, match="account_needed"):
        require_fresh(tx, ada)
    with transactions.writing() as tx, pytest.raises(Forbidden, match="account_needed"):
        begin_step_up(tx, ada)


def test_the_owner_is_asked_for_the_passkeys_they_have(
    transactions: Transactions, dora: Entered, key: Authenticator
) -> None:
    begun = begun_by(transactions, dora.principal)

    assert [decode(each["id"]) for each in begun.options["allowCredentials"]] == [key.credential_id]
    assert begun.options["userVerification"] == "required"


def test_a1_the_passkey_of_somebody_else_is_refused(
    transactions: Transactions, dora: Entered
) -> None:
    stranger = Authenticator()
    sign_up(transactions, stranger, alias="Elio")

    with pytest.raises(Forbidden, match="passkey_refused"):
        step_up(transactions, dora.principal, stranger)


def test_a2_the_handle_may_be_missing_but_not_anothers(
    transactions: Transactions, dora: Entered, key: Authenticator
) -> None:
    with pytest.raises(Forbidden, match="passkey_refused"):
        step_up(transactions, dora.principal, key, Lie(handle=b"somebody else"))

    assert step_up(transactions, dora.principal, key, Lie(without_handle=True))


@pytest.mark.parametrize(
    "lie",
    [
        Lie(origin="https://evil.example"),
        Lie(flags=0x01),
        Lie(sign_count=1),
        Lie(challenge=b"another challenge of some length"),
        Lie(more={"crossOrigin": True}),
    ],
)
def test_what_does_not_prove_leaves_the_session_as_it_was(
    transactions: Transactions,
    clock: StoppedClock,
    dora: Entered,
    key: Authenticator,
    lie: Lie,
) -> None:
    clock.pass_(timedelta(hours=1))
    with pytest.raises(Forbidden, match="passkey_refused"):
        step_up(transactions, dora.principal, key, lie)

    with transactions.reading() as tx:
        assert authenticate(tx, hash_token(dora.session_token)) == dora.principal


def test_a5_a_challenge_is_for_this_session_and_this_purpose(
    transactions: Transactions, dora: Entered, key: Authenticator, device: Device
) -> None:
    other = log_in(transactions, key).principal
    key.sign_count += 1
    begun = begun_by(transactions, dora.principal)
    with transactions.writing() as tx:
        login = begin_login(tx)

    for handle_token, options in (
        (begun.handle_token, begun.options),
        (login.handle_token, login.options),
        (new_token(), begun_by(transactions, other).options),
    ):
        with pytest.raises(Forbidden, match="passkey_refused"):
            finish_step_up(
                transactions, other, handle_token=handle_token, credential=key.get(options)
            )


def test_a5_a_challenge_of_stepping_up_opens_no_new_session(
    transactions: Transactions, dora: Entered, key: Authenticator, device: Device
) -> None:
    begun = begun_by(transactions, dora.principal)

    with pytest.raises(Forbidden, match="passkey_refused"):
        finish_login(
            transactions,
            handle_token=begun.handle_token,
            claim=read_claim(transactions, key.get(begun.options)),
            place_slug="treno-lucca-aulla",
            device=device,
            current=None,
        )


def test_s49_two_proofs_with_one_count_are_taken_once(
    transactions: Transactions, dora: Entered, key: Authenticator
) -> None:
    first, second = (begun_by(transactions, dora.principal) for _ in range(2))

    def finish(begun: Begun) -> Entered:
        return finish_step_up(
            transactions,
            dora.principal,
            handle_token=begun.handle_token,
            credential=key.get(begun.options),
        )

    outcomes = at_once(lambda: finish(first), lambda: finish(second))

    assert sorted(outcomes) == ["in", "passkey_refused"]


def test_a_passkey_removed_during_the_ceremony_proves_nothing(
    transactions: Transactions,
    dora: Entered,
    key: Authenticator,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("treno_chat.stores.door.passkeys.use", no)

    with pytest.raises(Forbidden) as refused:
        step_up(transactions, dora.principal, key)
    assert refused.value.__notes__ == ["A14: the passkey was used or removed meanwhile"]


def test_a17_stepping_up_is_written_down_done_or_refused(
    transactions: Transactions, dora: Entered, key: Authenticator
) -> None:
    with pytest.raises(Forbidden):
        step_up(transactions, dora.principal, key, Lie(origin="https://evil.example"))
    step_up(transactions, dora.principal, key)

    kinds = kinds_of(transactions, dora.principal.user.id)
    assert kinds[-2:] == ["step_up_refused", "step_up_done"]


def test_a_session_that_ended_meanwhile_is_not_revived(
    transactions: Transactions, dora: Entered, key: Authenticator
) -> None:
    begun = begun_by(transactions, dora.principal)
    with transactions.writing() as tx:
        log_out(tx, dora.principal)

    with pytest.raises(NotSignedIn):
        finish_step_up(
            transactions,
            dora.principal,
            handle_token=begun.handle_token,
            credential=key.get(begun.options),
        )
    with transactions.reading() as tx, pytest.raises(NotSignedIn):
        look_up(tx, dora.principal.session.id)


def test_freshness_is_read_from_the_row_and_not_from_the_caller(
    transactions: Transactions, clock: StoppedClock, dora: Entered
) -> None:
    clock.pass_(timedelta(hours=1))
    forged = replace(
        dora.principal, session=replace(dora.principal.session, authenticated_at=clock.now)
    )

    with transactions.reading() as tx, pytest.raises(Forbidden, match="step_up_needed"):
        require_fresh(tx, forged)
