"""Stepping up: what is grave asks for a passkey of this very person, not long ago."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.actions.audits import kinds_of
from tests.actions.stepping_up import begun_by
from tests.conftest import Heard, StoppedClock
from tests.support.accounts import log_in, step_up
from tests.support.authenticator import Authenticator, Lie, decode
from treno_chat.actions.door.sessions import authenticate, log_out, look_up
from treno_chat.actions.door.step_up import begin_step_up, finish_step_up, require_fresh
from treno_chat.actions.transaction import Transactions
from treno_chat.domain.door.sessions import Entered, Principal, hash_token
from treno_chat.domain.refusals import Forbidden, NotSignedIn

TEN_MINUTES = timedelta(minutes=10)


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
