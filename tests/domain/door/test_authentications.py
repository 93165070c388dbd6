"""Authentications: whose passkey it is, and what it signed."""

from dataclasses import replace

import pytest

from tests.domain.rehearsal import CHALLENGE, GET, HANDLE, PARTY, authenticate, owned, register
from tests.support.authenticator import (
    ELIGIBLE,
    PRESENT,
    VERIFIED,
    Authenticator,
    Lie,
)
from treno_chat.domain.door.ceremonies import (
    verify_authentication,
)
from treno_chat.domain.door.passkeys import (
    Passkey,
    new_handle,
)
from treno_chat.domain.refusals import Forbidden


def test_a1_another_credential_than_the_one_looked_up_is_refused(
    authenticator: Authenticator, passkey: Passkey
) -> None:
    with pytest.raises(Forbidden) as refused:
        authenticate(passkey, authenticator.get(GET, Lie(credential_id=b"another")))

    assert refused.value.__notes__ == ["A1: not the credential that was asked for"]


def test_a1_when_credentials_were_named_no_other_will_do(
    authenticator: Authenticator, passkey: Passkey
) -> None:
    answer = authenticator.get(GET)

    assert authenticate(passkey, answer, allowed=[passkey.credential_id]) == 0
    with pytest.raises(Forbidden):
        authenticate(passkey, answer, allowed=[b"another"])


@pytest.mark.parametrize("lie", [Lie(without_handle=True), Lie(handle=new_handle())])
def test_a2_a3_the_handle_is_there_and_its_account_owns_the_passkey(
    authenticator: Authenticator, passkey: Passkey, lie: Lie
) -> None:
    with pytest.raises(Forbidden):
        authenticate(passkey, authenticator.get(GET, lie))


def test_a3_a_passkey_whose_owner_has_no_handle_signs_nobody_in(
    authenticator: Authenticator, passkey: Passkey
) -> None:
    with pytest.raises(Forbidden):
        authenticate(
            passkey, authenticator.get(GET, Lie(without_handle=True)), expected_handle=None
        )


@pytest.mark.parametrize("flags", [PRESENT | VERIFIED, PRESENT | VERIFIED | ELIGIBLE])
def test_a12_backup_eligibility_never_changes(flags: int) -> None:
    authenticator = Authenticator(flags=flags)
    passkey = owned(register(authenticator))

    with pytest.raises(Forbidden):
        authenticate(passkey, authenticator.get(GET, Lie(flags=flags ^ ELIGIBLE)))


def test_a13_a_signature_of_another_key_is_refused(
    authenticator: Authenticator, passkey: Passkey
) -> None:
    thief = Authenticator(credential_id=authenticator.credential_id, handle=HANDLE)

    with pytest.raises(Forbidden):
        authenticate(passkey, thief.get(GET))


@pytest.mark.parametrize("member", ["clientDataJSON", "authenticatorData", "signature"])
def test_a13_nothing_signed_can_be_exchanged(
    authenticator: Authenticator, passkey: Passkey, member: str
) -> None:
    answer = authenticator.get(GET)
    other = authenticator.get(GET, Lie(sign_count=9, more={"note": "other"}))
    answer["response"][member] = other["response"][member]

    with pytest.raises(Forbidden):
        authenticate(passkey, answer)


@pytest.mark.parametrize(
    ("stored", "said", "is_taken"),
    [(0, 0, True), (0, 1, True), (5, 6, True), (5, 5, False), (5, 4, False), (5, 0, False)],
)
def test_a14_the_counter_never_goes_back(
    authenticator: Authenticator, passkey: Passkey, stored: int, said: int, *, is_taken: bool
) -> None:
    kept = replace(passkey, sign_count=stored)
    answer = authenticator.get(GET, Lie(sign_count=said))

    if is_taken:
        assert authenticate(kept, answer) == said
    else:
        with pytest.raises(Forbidden) as refused:
            authenticate(kept, answer)
        assert refused.value.__notes__ == ["A14: the counter went back"]


def test_a15_what_the_passkey_says_of_its_backup_is_told(authenticator: Authenticator) -> None:
    passkey = owned(register(authenticator))

    assertion = verify_authentication(
        authenticator.get(GET, Lie(flags=PRESENT | VERIFIED | ELIGIBLE)),
        expected_challenge=CHALLENGE,
        expected_party=PARTY,
        expected_handle=HANDLE,
        passkey=passkey,
    )

    assert not assertion.is_backed_up
