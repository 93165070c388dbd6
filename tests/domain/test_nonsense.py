"""Nonsense: whatever is sent as a ceremony is refused, never a fault."""

import cbor2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.rehearsal import (
    CHALLENGE,
    CREATE,
    GET,
    HANDLE,
    PARTY,
    authenticate,
    owned,
    register,
)
from tests.support.authenticator import (
    Authenticator,
    Lie,
    encode,
)
from treno_chat.domain.door.ceremonies import (
    verify_registration,
)
from treno_chat.domain.policy import RelyingParty
from treno_chat.domain.refusals import Forbidden

ANOTHER = RelyingParty(id="evil.example", origins=("https://evil.example",))

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
            verify_registration(answer, expected_challenge=CHALLENGE, expected_party=ANOTHER)
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
