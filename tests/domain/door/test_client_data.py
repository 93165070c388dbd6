"""What a browser says, in more than one way, and what an authenticator adds: rightly signed."""

import hashlib
import json

import cbor2
import pytest

from tests.domain.rehearsal import CHALLENGE, CREATE, GET, PARTY, authenticate
from tests.support.authenticator import (
    ATTESTED,
    BACKED_UP,
    ELIGIBLE,
    PRESENT,
    RP_ID,
    VERIFIED,
    Authenticator,
    Json,
    decode,
    encode,
    sign,
)
from treno_chat.domain.door.ceremonies import verify_registration
from treno_chat.domain.door.passkeys import Passkey
from treno_chat.domain.refusals import Forbidden

TRUE_FLAGS = PRESENT | VERIFIED | ELIGIBLE | BACKED_UP
EXTENDED = 0x80


def said(authenticator: Authenticator) -> Json:
    """Return what the browser says when all is well."""
    told: Json = json.loads(decode(authenticator.get(GET)["response"]["clientDataJSON"]))
    return told


def signed(
    authenticator: Authenticator,
    *,
    client_data: bytes | None = None,
    flags: int = TRUE_FLAGS,
    rest: bytes = b"",
) -> Json:
    """Return an answer that says and adds whatever it likes, and signs that."""
    answer = authenticator.get(GET)
    words = client_data or decode(answer["response"]["clientDataJSON"])
    data = hashlib.sha256(RP_ID.encode()).digest() + bytes([flags]) + bytes(4) + rest
    signature = sign(authenticator.key, data + hashlib.sha256(words).digest())
    answer["response"] |= {
        "clientDataJSON": encode(words),
        "authenticatorData": encode(data),
        "signature": encode(signature),
    }
    return answer


def test_what_is_said_once_and_signed_is_taken(
    authenticator: Authenticator, passkey: Passkey
) -> None:
    assert authenticate(passkey, signed(authenticator)) == 0


@pytest.mark.parametrize("member", ["type", "challenge", "origin", "crossOrigin"])
@pytest.mark.parametrize("is_first", [True, False])
def test_r1_what_is_said_twice_is_refused(
    authenticator: Authenticator, passkey: Passkey, member: str, *, is_first: bool
) -> None:
    true = json.dumps(said(authenticator)).encode()
    lie = json.dumps({member: "https://evil.example"}).encode()[1:-1]
    doubled = b"{" + lie + b", " + true[1:] if is_first else true[:-1] + b", " + lie + b"}"

    with pytest.raises(Forbidden):
        authenticate(passkey, signed(authenticator, client_data=doubled))


def test_a5_a_challenge_in_another_form_is_refused(
    authenticator: Authenticator, passkey: Passkey
) -> None:
    challenge = encode(CHALLENGE)

    for form in (f"{challenge}=", [challenge], f" {challenge}", f"{challenge}!"):
        words = json.dumps(said(authenticator) | {"challenge": form}).encode()
        with pytest.raises(Forbidden):
            authenticate(passkey, signed(authenticator, client_data=words))


@pytest.mark.parametrize(
    "origin",
    [
        "http://localhost:3000/",
        "HTTP://LOCALHOST:3000",
        "http://localhost:3000@evil.example",
        "http://localhost",
        ["http://localhost:3000"],
        None,
    ],
)
def test_a6_an_origin_that_only_looks_like_ours_is_refused(
    authenticator: Authenticator, passkey: Passkey, origin: object
) -> None:
    words = json.dumps(said(authenticator) | {"origin": origin}).encode()

    with pytest.raises(Forbidden):
        authenticate(passkey, signed(authenticator, client_data=words))


@pytest.mark.parametrize(
    ("flags", "rest"),
    [
        (TRUE_FLAGS, b"junk"),
        (TRUE_FLAGS | ATTESTED, b""),
        (TRUE_FLAGS | EXTENDED, b""),
        (TRUE_FLAGS | EXTENDED, b"\xff\xff"),
    ],
    ids=["junk", "no key", "no extension", "no CBOR"],
)
def test_what_an_authenticator_leaves_over_is_refused(
    authenticator: Authenticator, passkey: Passkey, flags: int, rest: bytes
) -> None:
    with pytest.raises(Forbidden):
        authenticate(passkey, signed(authenticator, flags=flags, rest=rest))


def test_r17_an_extension_that_nobody_asked_for_changes_nothing(
    authenticator: Authenticator, passkey: Passkey
) -> None:
    rest = cbor2.dumps({"credProtect": 3})

    assert authenticate(passkey, signed(authenticator, flags=TRUE_FLAGS | EXTENDED, rest=rest)) == 0


def test_r16_the_id_that_is_attested_is_the_one_that_is_named(
    authenticator: Authenticator,
) -> None:
    named = Authenticator()
    answer = authenticator.create(CREATE)
    answer["id"] = answer["rawId"] = encode(named.credential_id)

    with pytest.raises(Forbidden) as refused:
        verify_registration(answer, expected_challenge=CHALLENGE, expected_party=PARTY)

    assert refused.value.__notes__[0].startswith("R16")
