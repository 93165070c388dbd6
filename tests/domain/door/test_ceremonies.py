"""Ceremonies: a passkey is registered and signs in, and what lies is refused."""

import pytest

from tests.domain.rehearsal import CHALLENGE, GET, HANDLE, PARTY, authenticate, owned, register
from tests.support.authenticator import (
    BACKED_UP,
    PRESENT,
    VERIFIED,
    Algorithm,
    Authenticator,
    Json,
    Lie,
    encode,
)
from treno_chat.domain.door.ceremonies import (
    credential_id_of,
)
from treno_chat.domain.door.passkeys import (
    Passkey,
    authentication_options,
    new_challenge,
    new_handle,
    registration_options,
)
from treno_chat.domain.refusals import Forbidden, Lapsed

FRAMES: list[Json] = [
    {"crossOrigin": True},
    {"crossOrigin": "false"},
    {"crossOrigin": 0},
    {"crossOrigin": None},
    {"topOrigin": "https://evil.example"},
    {"topOrigin": None},
]


LIES = {
    "R2, A4: another type": Lie(type="payment.get"),
    "R4, A6: another origin": Lie(origin="https://evil.example"),
    "R4, A6: a longer origin": Lie(origin="http://localhost:3000.evil.example"),
    "R4, A6: another scheme": Lie(origin="https://localhost:3000"),
    "R4, A6: null": Lie(origin="null"),
    "R7, A8: another party": Lie(rp_id="evil.example"),
    "R8, A9: nobody present": Lie(flags=VERIFIED),
    "R9, A10: not verified": Lie(flags=PRESENT),
    "R10, A11: backed up, not eligible": Lie(flags=PRESENT | VERIFIED | BACKED_UP),
    "no type": Lie(drop=("type",)),
    "no origin": Lie(drop=("origin",)),
}
LATE = {
    "R3, A5: another challenge": Lie(challenge=new_challenge()),
    "R3, A5: no challenge": Lie(challenge=b""),
    "no challenge member": Lie(drop=("challenge",)),
}


def test_the_browser_is_asked_for_a_verified_discoverable_unattested_passkey(
    passkey: Passkey,
) -> None:
    options = registration_options(
        relying_party=PARTY, challenge=CHALLENGE, handle=HANDLE, alias="Ada", excluded=[passkey]
    )

    assert options["rp"] == {"id": "localhost", "name": "Treno Chat"}
    assert options["user"] == {"id": encode(HANDLE), "name": "Ada", "displayName": "Ada"}
    assert options["challenge"] == encode(CHALLENGE)
    assert [each["alg"] for each in options["pubKeyCredParams"]] == [-8, -7, -257]
    assert options["timeout"] == 300_000
    assert options["attestation"] == "none"
    known = {"id": encode(passkey.credential_id), "transports": list(passkey.transports)}
    assert options["excludeCredentials"] == [{"type": "public-key", **known}]
    assert options["authenticatorSelection"] == {
        "residentKey": "required",
        "requireResidentKey": True,
        "userVerification": "required",
    }


def test_the_options_of_a_login_name_nobody() -> None:
    options = authentication_options(relying_party=PARTY, challenge=CHALLENGE)

    assert options == {
        "challenge": encode(CHALLENGE),
        "timeout": 300_000,
        "rpId": "localhost",
        "allowCredentials": [],
        "userVerification": "required",
    }


def test_challenges_and_handles_are_long_and_never_repeat() -> None:
    assert (len(CHALLENGE), len(HANDLE)) == (32, 64)
    assert len({new_challenge() for _ in range(1_000)}) == 1_000
    assert len({new_handle() for _ in range(1_000)}) == 1_000


@pytest.mark.parametrize("algorithm", [Algorithm.ES256, Algorithm.EDDSA, Algorithm.RS256])
def test_a_passkey_is_registered_and_then_signs_in(algorithm: Algorithm) -> None:
    authenticator = Authenticator(algorithm=algorithm, sign_count=3)

    credential = register(authenticator)

    assert credential.credential_id == authenticator.credential_id
    assert credential.sign_count == 3
    assert credential.transports == ("internal", "hybrid")
    assert credential.is_backup_eligible
    assert credential.is_backed_up
    authenticator.sign_count = 4
    answer = authenticator.get(GET)
    assert credential_id_of(answer) == authenticator.credential_id
    assert authenticate(owned(credential), answer) == 4


@pytest.mark.parametrize("lie", LIES.values(), ids=LIES)
def test_a_registration_that_lies_is_refused(authenticator: Authenticator, lie: Lie) -> None:
    with pytest.raises(Forbidden, match="passkey_refused"):
        register(authenticator, lie)


@pytest.mark.parametrize("lie", LIES.values(), ids=LIES)
def test_an_authentication_that_lies_is_refused(
    authenticator: Authenticator, passkey: Passkey, lie: Lie
) -> None:
    with pytest.raises(Forbidden, match="passkey_refused"):
        authenticate(passkey, authenticator.get(GET, lie))


@pytest.mark.parametrize("late", LATE.values(), ids=LATE)
def test_r3_a5_what_answers_another_challenge_came_too_late(
    authenticator: Authenticator, passkey: Passkey, late: Lie
) -> None:
    with pytest.raises(Lapsed, match="passkey_expired"):
        register(authenticator, late)
    with pytest.raises(Lapsed, match="passkey_expired"):
        authenticate(passkey, authenticator.get(GET, late))


def test_r2_one_ceremony_is_not_taken_for_the_other(
    authenticator: Authenticator, passkey: Passkey
) -> None:
    with pytest.raises(Forbidden):
        register(authenticator, Lie(type="webauthn.get"))
    with pytest.raises(Forbidden):
        authenticate(passkey, authenticator.get(GET, Lie(type="webauthn.create")))


@pytest.mark.parametrize("frame", FRAMES)
def test_r5_r6_a7_a_ceremony_in_another_page_is_refused(
    authenticator: Authenticator, passkey: Passkey, frame: Json
) -> None:
    with pytest.raises(Forbidden):
        register(authenticator, Lie(more=frame))
    with pytest.raises(Forbidden):
        authenticate(passkey, authenticator.get(GET, Lie(more=frame)))


def test_r5_a7_a_browser_that_does_not_tell_is_taken(
    authenticator: Authenticator, passkey: Passkey
) -> None:
    silent = Lie(drop=("crossOrigin",))

    assert register(authenticator, silent)
    assert authenticate(passkey, authenticator.get(GET, silent)) == 0
