"""Ceremonies: every step of security.md §5, with answers that are wrong and rightly signed."""

from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, datetime

import cbor2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.authenticator import (
    BACKED_UP,
    ELIGIBLE,
    PRESENT,
    VERIFIED,
    Algorithm,
    Authenticator,
    Json,
    Lie,
    encode,
)
from treno_chat.domain.ceremonies import (
    credential_id_of,
    verify_authentication,
    verify_registration,
)
from treno_chat.domain.passkeys import (
    Credential,
    Passkey,
    authentication_options,
    new_challenge,
    new_handle,
    registration_options,
)
from treno_chat.domain.policy import RelyingParty
from treno_chat.domain.refusals import Forbidden

PARTY = RelyingParty()
CHALLENGE = new_challenge()
HANDLE = new_handle()
NOT_OBJECTS: list[object] = [None, [], "", "{}", 7, True, b"{}"]
FRAMES: list[Json] = [
    {"crossOrigin": True},
    {"crossOrigin": "false"},
    {"crossOrigin": 0},
    {"crossOrigin": None},
    {"topOrigin": "https://evil.example"},
    {"topOrigin": None},
]

CREATE: Json = registration_options(
    relying_party=PARTY, challenge=CHALLENGE, handle=HANDLE, alias="Ada"
)
GET: Json = authentication_options(relying_party=PARTY, challenge=CHALLENGE)

LIES = {
    "R2, A4: another type": Lie(type="payment.get"),
    "R3, A5: another challenge": Lie(challenge=new_challenge()),
    "R3, A5: no challenge": Lie(challenge=b""),
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
    "no challenge member": Lie(drop=("challenge",)),
}


def register(authenticator: Authenticator, lie: Lie | None = None) -> Credential:
    return verify_registration(
        authenticator.create(CREATE, lie or Lie()),
        expected_challenge=CHALLENGE,
        expected_party=PARTY,
    )


def owned(credential: Credential) -> Passkey:
    return Passkey(
        id="passkey",
        user_id="ada",
        name="",
        created_at=datetime(2026, 11, 21, tzinfo=UTC),
        credential_id=credential.credential_id,
        public_key=credential.public_key,
        sign_count=credential.sign_count,
        transports=credential.transports,
        aaguid=credential.aaguid,
        is_backup_eligible=credential.is_backup_eligible,
        is_backed_up=credential.is_backed_up,
    )


def authenticate(
    passkey: Passkey,
    answer: object,
    *,
    expected_handle: bytes | None = HANDLE,
    allowed: Collection[bytes] = (),
) -> int:
    return verify_authentication(
        answer,
        expected_challenge=CHALLENGE,
        expected_party=PARTY,
        passkey=passkey,
        expected_handle=expected_handle,
        allowed=allowed,
    ).sign_count


@pytest.fixture(scope="module")
def authenticator() -> Authenticator:
    return Authenticator()


@pytest.fixture(scope="module")
def passkey(authenticator: Authenticator) -> Passkey:
    return owned(register(authenticator))


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


@pytest.mark.parametrize("flags", [0, ELIGIBLE, ELIGIBLE | BACKED_UP])
def test_s68_a_passkey_is_taken_whatever_its_backup(flags: int) -> None:
    authenticator = Authenticator(flags=PRESENT | VERIFIED | flags)

    credential = register(authenticator, Lie(transports=None))

    assert credential.is_backup_eligible is bool(flags & ELIGIBLE)
    assert credential.is_backed_up is bool(flags & BACKED_UP)
    assert credential.transports == ()
    assert authenticate(owned(credential), authenticator.get(GET)) == 0


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


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20) | st.binary(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=5,
)


@given(
    st.sampled_from(["id", "rawId", "type", "response", "authenticatorAttachment"])
    | st.sampled_from(["clientDataJSON", "attestationObject", "authenticatorData", "signature"])
    | st.just("userHandle"),
    values,
)
def test_a18_whatever_is_sent_there_is_one_refusal(member: str, value: object) -> None:
    authenticator = Authenticator(handle=HANDLE)
    passkey = owned(register(authenticator))

    for answer in (authenticator.create(CREATE), authenticator.get(GET)):
        holder = answer if member in answer else answer["response"]
        holder[member] = value
        with pytest.raises(Forbidden) as refused:
            verify_registration(answer, expected_challenge=new_challenge(), expected_party=PARTY)
        assert (refused.value.code, refused.value.params) == ("passkey_refused", {})
        with pytest.raises(Forbidden) as refused:
            authenticate(passkey, answer, expected_handle=b"another")
        assert (refused.value.code, refused.value.params) == ("passkey_refused", {})


@given(st.binary(min_size=1, max_size=200))
def test_a18_whatever_bytes_are_sent_there_is_one_refusal(data: bytes) -> None:
    authenticator = Authenticator()
    answer = authenticator.create(CREATE)
    answer["response"]["attestationObject"] = encode(data)

    with pytest.raises(Forbidden, match="passkey_refused"):
        register(authenticator, Lie(public_key=data))
    with pytest.raises(Forbidden, match="passkey_refused"):
        verify_registration(answer, expected_challenge=CHALLENGE, expected_party=PARTY)


@given(st.dictionaries(st.integers(-4, 4) | st.text(max_size=3), values, max_size=6))
def test_a18_whatever_key_is_sent_there_is_one_refusal(key: dict[object, object]) -> None:
    with pytest.raises(Forbidden, match="passkey_refused"):
        register(Authenticator(), Lie(public_key=cbor2.dumps({1: 2, 3: -7, **key})))
