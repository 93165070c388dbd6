"""Stepping up with what proves nothing: refused, and nothing is changed by it."""

from datetime import timedelta

import pytest

from tests.actions.stepping_up import begun_by
from tests.conftest import StoppedClock
from tests.support.accounts import log_in, sign_up, step_up
from tests.support.authenticator import Authenticator, Lie
from tests.support.races import at_once
from treno_chat.actions.door.challenges import Begun
from treno_chat.actions.door.claims import read_claim
from treno_chat.actions.door.passkeys import begin_login, finish_login
from treno_chat.actions.door.sessions import authenticate
from treno_chat.actions.door.step_up import finish_step_up
from treno_chat.actions.transaction import Transactions
from treno_chat.domain.door.sessions import Device, Entered, hash_token, new_token
from treno_chat.domain.refusals import Forbidden


def no(*_args: object, **_more: object) -> bool:
    return False


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
        with pytest.raises(Forbidden, match=r"passkey_(refused|expired)"):
            finish_step_up(
                transactions, other, handle_token=handle_token, credential=key.get(options)
            )


def test_a5_a_challenge_of_stepping_up_opens_no_new_session(
    transactions: Transactions, dora: Entered, key: Authenticator, device: Device
) -> None:
    begun = begun_by(transactions, dora.principal)

    with pytest.raises(Forbidden, match="passkey_expired"):
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
