"""How a token must be written: in one way only, so that everybody reads it in one way."""

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1
from cryptography.hazmat.primitives.asymmetric.utils import (
    decode_dss_signature,
    encode_dss_signature,
)
from hypothesis import given
from hypothesis import strategies as st
from jwt.utils import der_to_raw_signature, raw_to_der_signature

from tests.support.forger import Forger, as_json, believe, decode, encode, minted, why_not
from treno_chat.domain.refusals import NotSignedIn
from treno_chat.domain.tokens.jws import read_unproven

ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


@pytest.mark.parametrize(
    "spoilt",
    [
        "",
        ".",
        "..",
        "{}.",
        ".{}",
        "{}.e30",
        "e30.{}",
        "{}=",
        " {}",
        "{}\n",
        "{}é",
        "{}" + "A" * 4096,
    ],
)
def test_a_token_is_three_parts(spoilt: str) -> None:
    assert why_not(spoilt.format(minted())) == "not three parts"


def test_two_parts_are_no_token() -> None:
    assert why_not(minted().rpartition(".")[0]) == "not three parts"


def test_a_signature_is_written_in_one_way_only() -> None:
    # Its 64 bytes leave four bits over: a lax reader takes sixteen last letters for the same.
    told, last = minted()[:-1], LETTERS.index(minted()[-1])
    token = f"{told}{LETTERS[last]}"

    for bits in range(1, 16):
        why = why_not(f"{told}{LETTERS[last ^ bits]}")
        assert why in ("base64url with leftovers", "not signed by that key")
    assert why_not(f"{told}{LETTERS[last ^ 1]}") == "base64url with leftovers"
    assert token.count(".") == 2


@pytest.mark.parametrize("part", [0, 1, 2])
def test_a_part_has_no_length_that_nothing_has(part: int) -> None:
    parts = minted().split(".")
    parts[part] = "AAAAA"

    assert why_not(".".join(parts)) == "not base64url"


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        (b"", "not three parts"),
        (b"x", "not JSON"),
        (b"\xff\xfe", "not JSON"),
        (b"[]", "no object"),
        (b"null", "no object"),
        (b'"at+jwt"', "no object"),
        (b"[" * 2500, "not JSON"),
        (b'{"a": 1, "a": 1}', "a name twice"),
        (b'{"a": {"b": 1, "b": 2}}', "a name twice"),
        (b'{"a": NaN}', "NaN is no JSON"),
        (b"1" * 2500, "no object"),
    ],
)
@pytest.mark.parametrize("is_header", [True, False])
def test_a_part_is_an_object(written: bytes, reason: str, *, is_header: bool) -> None:
    true = as_json(jwt.get_unverified_header(minted()))
    token = Forger().sign_bytes(*((written, b"{}") if is_header else (true, written)))

    assert why_not(token) == reason


def test_a_token_may_name_no_issuer_and_is_then_nobodys() -> None:
    assert read_unproven(minted()).issuer == "https://treno.example"
    assert read_unproven(Forger().write(iss=["x"])).issuer == ""


def test_a_changed_claim_is_not_signed() -> None:
    header, _, signature = minted().split(".")
    claims = jwt.decode(minted(), options={"verify_signature": False}) | {"sub": "bruno"}

    assert why_not(f"{header}.{encode(as_json(claims))}.{signature}") == "not signed by that key"


@pytest.mark.parametrize("signature", [b"\0" * 64, b"\0" * 63, b"x", b"\xff" * 64, b"\0" * 96])
def test_a_signature_of_nothing_is_none(signature: bytes) -> None:
    told = minted().rpartition(".")[0]

    assert why_not(f"{told}.{encode(signature)}") == "not signed by that key"


def test_a_signature_of_the_other_sign_says_the_same_and_no_more() -> None:
    # ECDSA lets anybody turn s into n - s: so nothing of ours is known by the text of a token.
    token = minted()
    told, _, signature = token.rpartition(".")
    r, s = decode_dss_signature(raw_to_der_signature(decode(signature), SECP256R1()))
    twin = der_to_raw_signature(encode_dss_signature(r, ORDER - s), SECP256R1())

    assert encode(twin) != signature
    assert believe(f"{told}.{encode(twin)}") == believe(token)


@given(st.text(max_size=200) | st.binary(max_size=200).map(encode))
def test_s42_no_other_text_is_a_token(text: str) -> None:
    with pytest.raises(NotSignedIn):
        believe(text)


@given(st.integers(0, 400), st.sampled_from("Aa0-_."))
def test_a_token_with_one_letter_changed_is_refused(where: int, letter: str) -> None:
    token = minted()
    changed = token[:where] + letter + token[where + 1 :]

    if changed != token:
        with pytest.raises(NotSignedIn):
            believe(changed)
