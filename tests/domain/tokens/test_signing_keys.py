"""Keys: what of them is told, and which of somebody else's are taken."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP384R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key as generate_rsa
from jwt.algorithms import ECAlgorithm, RSAAlgorithm

from treno_chat.domain.tokens import signing_keys
from treno_chat.domain.tokens.signing_keys import (
    Algorithm,
    StoredKey,
    make_pair,
    proving_key,
    public_members,
)

ES256 = json.loads(make_pair(Algorithm.ES256).public_jwk)
EDDSA = json.loads(make_pair(Algorithm.EDDSA).public_jwk)


def rsa(bits: int) -> dict[str, Any]:
    """Return the public half of an RSA key."""
    key = generate_rsa(public_exponent=65537, key_size=bits)
    return RSAAlgorithm.to_jwk(key.public_key(), as_dict=True)


@pytest.mark.parametrize("algorithm", Algorithm)
def test_s40_a_key_tells_its_public_members_and_what_they_are_for(algorithm: Algorithm) -> None:
    pair = make_pair(algorithm)
    key = StoredKey(
        kid=pair.kid,
        algorithm=pair.algorithm,
        public_jwk=json.dumps({**json.loads(pair.public_jwk), "d": "secret"}),
        private_sealed=b"",
        created_at=datetime(2026, 11, 21, tzinfo=UTC),
    )
    members = {"kty", "crv", "x", "y"} if algorithm is Algorithm.ES256 else {"kty", "crv", "x"}

    assert set(key.published()) == members | {"kid", "use", "alg"}
    assert (key.published()["use"], key.published()["alg"]) == ("sig", str(algorithm))
    assert len(pair.kid) == 43
    assert "PRIVATE" in pair.private_pem
    assert pair.private_pem not in repr(pair)


def test_no_two_keys_share_an_id() -> None:
    assert len({make_pair(Algorithm.ES256).kid for _ in range(20)}) == 20


def test_s37_a_key_is_for_the_one_algorithm_of_its_kind() -> None:
    found = [proving_key("k", jwk) for jwk in (ES256, EDDSA, rsa(2048))]

    assert [key and key.algorithm for key in found] == ["ES256", "EdDSA", "RS256"]
    assert [key and key.kid for key in found] == ["k", "k", "k"]


@pytest.mark.parametrize(
    "jwk",
    [
        {},
        {"kty": "oct", "k": "c2VjcmV0"},
        {"kty": "EC", "crv": "P-256"},
        ES256 | {"x": 1},
        ES256 | {"x": "AAAA"},
        ES256 | {"x": "!"},
        ES256 | {"alg": "HS256"},
        ES256 | {"alg": "none"},
        ES256 | {"use": "enc"},
        ES256 | {"kty": "OKP"},
        EDDSA | {"x": "AAAA"},
        ECAlgorithm.to_jwk(generate_private_key(SECP384R1()).public_key(), as_dict=True),
        rsa(1024),
        {"kty": "RSA", "n": "AQ", "e": "AQAB"},
        {"kty": ["EC"], "crv": {"a": 1}},
    ],
)
def test_s37_other_keys_are_not_taken(jwk: dict[str, Any]) -> None:
    assert proving_key("k", jwk) is None


def test_what_is_private_is_no_public_member() -> None:
    assert public_members(ES256 | {"d": "secret", "use": "sig"}) == ES256


def test_no_id_could_be_taken_for_an_option_of_a_command(monkeypatch: pytest.MonkeyPatch) -> None:
    ids = iter(("-first", "-second", "third-"))

    def thumbprint(_members: Mapping[str, str]) -> str:
        return next(ids)

    monkeypatch.setattr(signing_keys, "_thumbprint", thumbprint)

    assert make_pair(Algorithm.ES256).kid == "third-"
