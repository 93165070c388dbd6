"""Registrations: which credentials are taken."""

import cbor2
import pytest

from tests.domain.rehearsal import CHALLENGE, CREATE, GET, PARTY, authenticate, owned, register
from tests.support.authenticator import (
    BACKED_UP,
    ELIGIBLE,
    PRESENT,
    VERIFIED,
    Algorithm,
    Authenticator,
    Lie,
    encode,
)
from treno_chat.domain.door.ceremonies import (
    credential_id_of,
    verify_registration,
)
from treno_chat.domain.door.passkeys import (
    Passkey,
)
from treno_chat.domain.refusals import Forbidden

NOT_OBJECTS: list[object] = [None, [], "", "{}", 7, True, b"{}"]


@pytest.mark.parametrize("flags", [0, ELIGIBLE, ELIGIBLE | BACKED_UP])
def test_s68_a_passkey_is_taken_whatever_its_backup(flags: int) -> None:
    authenticator = Authenticator(flags=PRESENT | VERIFIED | flags)

    credential = register(authenticator, Lie(transports=None))

    assert credential.is_backup_eligible is bool(flags & ELIGIBLE)
    assert credential.is_backed_up is bool(flags & BACKED_UP)
    assert credential.transports == ()
    assert authenticate(owned(credential), authenticator.get(GET)) == 0


def test_r11_an_algorithm_that_was_not_offered_is_refused() -> None:
    with pytest.raises(Forbidden):
        register(Authenticator(algorithm=Algorithm.ES384))


@pytest.mark.parametrize(
    "public_key",
    [
        cbor2.dumps(4),  # taken by the library for the first byte of a bare curve point
        cbor2.dumps({}),
        cbor2.dumps([]),
        cbor2.dumps({1: 2, 3: -7, -1: 1, -2: bytes(32), -3: bytes(32)}),  # not on the curve
        cbor2.dumps({1: 2, 3: -7, -1: 1, -2: 5, -3: 5}),
        cbor2.dumps({1: 1, 3: -8, -1: 6, -2: b"short"}),
    ],
)
def test_a_key_that_could_never_sign_in_is_refused(
    authenticator: Authenticator, public_key: bytes
) -> None:
    with pytest.raises(Forbidden):
        register(authenticator, Lie(public_key=public_key))


@pytest.mark.parametrize(
    "lie",
    [
        Lie(statement={"sig": b"unasked"}),
        Lie(fmt="packed", statement={"alg": -7, "sig": b"forged"}),
        Lie(fmt="packed"),
        Lie(fmt="fido-u2f"),
        Lie(fmt="android-key"),
        Lie(fmt="android-safetynet"),
        Lie(fmt="apple"),
        Lie(fmt="tpm"),
        Lie(fmt="home-made"),
    ],
    ids=lambda lie: lie.fmt,
)
def test_r12_an_attestation_that_does_not_hold_is_refused(
    authenticator: Authenticator, lie: Lie
) -> None:
    with pytest.raises(Forbidden):
        register(authenticator, lie)


@pytest.mark.parametrize(("length", "is_taken"), [(1, True), (1023, True), (1024, False)])
def test_r14_a_credential_id_has_at_most_1023_bytes(
    authenticator: Authenticator, length: int, *, is_taken: bool
) -> None:
    lie = Lie(credential_id=bytes(length))

    if is_taken:
        assert register(authenticator, lie).credential_id == bytes(length)
    else:
        with pytest.raises(Forbidden) as refused:
            register(authenticator, lie)
        assert refused.value.__notes__ == ["R14: the credential id is too long"]


@pytest.mark.parametrize("answer", NOT_OBJECTS)
def test_r1_what_is_no_object_is_refused(passkey: Passkey, answer: object) -> None:
    with pytest.raises(Forbidden):
        verify_registration(answer, expected_challenge=CHALLENGE, expected_party=PARTY)
    with pytest.raises(Forbidden):
        authenticate(passkey, answer)
    with pytest.raises(Forbidden):
        credential_id_of(answer)


def test_an_answer_that_names_no_passkey_is_refused() -> None:
    with pytest.raises(Forbidden, match="passkey_refused"):
        credential_id_of({"id": "AQ"})


@pytest.mark.parametrize(
    "client_data",
    [b"", b"null", b"[]", b"{}", b"7", b"[" * 100_000, b"\xff\xfe{\x00}\x00", b'{"type":[]}'],
)
def test_r1_client_data_that_is_no_object_in_utf8_is_refused(
    authenticator: Authenticator, passkey: Passkey, client_data: bytes
) -> None:
    created = authenticator.create(CREATE)
    created["response"]["clientDataJSON"] = encode(client_data)
    got = authenticator.get(GET)
    got["response"]["clientDataJSON"] = encode(client_data)

    with pytest.raises(Forbidden):
        verify_registration(created, expected_challenge=CHALLENGE, expected_party=PARTY)
    with pytest.raises(Forbidden):
        authenticate(passkey, got)
