"""Somebody who writes tokens, true ones and lies, with keys that are ours or are not."""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import jwt
import pytest
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from treno_chat.domain.policy import TokenPolicy
from treno_chat.domain.refusals import NotSignedIn
from treno_chat.domain.tokens.access_tokens import Proven, prove, sign
from treno_chat.domain.tokens.jws import read_unproven
from treno_chat.domain.tokens.signing_keys import (
    Algorithm,
    KeyPair,
    ProvingKey,
    make_pair,
    proving_key,
)

NOW = datetime(2026, 11, 21, 8, 30, tzinfo=UTC)
POLICY = TokenPolicy(issuer="https://treno.example", audience="https://treno.example/api/v1")
EXPECTED = POLICY.expected()
GONE = object()
PAIRS = {algorithm: make_pair(algorithm) for algorithm in Algorithm}
PAIR = PAIRS[Algorithm.ES256]


def known(pair: KeyPair) -> ProvingKey:
    """Return the public half, as it is read from our table."""
    found = proving_key(pair.kid, json.loads(pair.public_jwk))
    assert found is not None
    return found


def minted(pair: KeyPair = PAIR) -> str:
    """Return a good token."""
    return sign(
        kid=pair.kid,
        algorithm=pair.algorithm,
        private_pem=pair.private_pem,
        expected=EXPECTED,
        user_id="ada",
        session_id="hers",
        now=NOW,
        ends_at=NOW + timedelta(days=1),
    ).token


@dataclass(frozen=True, slots=True)
class Forger:
    """Signs whatever it is told to with the true key; GONE leaves a member out."""

    pair: KeyPair = PAIR

    def write(self, header: Mapping[str, object] | None = None, /, **claims: object) -> str:
        """Return a token with other members."""
        true_header = jwt.get_unverified_header(minted(self.pair))
        true_claims = jwt.decode(minted(self.pair), options={"verify_signature": False})
        return self.sign(_changed(true_header, header or {}), _changed(true_claims, claims))

    def sign(self, header: object, claims: object) -> str:
        """Return a token of exactly these parts."""
        return self.sign_bytes(as_json(header), as_json(claims))

    def sign_bytes(self, header: bytes, claims: bytes) -> str:
        """Return a token of parts that need not be JSON."""
        told = f"{encode(header)}.{encode(claims)}"
        private = load_pem_private_key(self.pair.private_pem.encode(), None)
        algorithm = jwt.get_algorithm_by_name(self.pair.algorithm)
        return f"{told}.{encode(algorithm.sign(told.encode(), private))}"


def _changed(true: dict[str, object], lie: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in {**true, **lie}.items() if value is not GONE}


def as_json(told: object) -> bytes:
    """Return a member as it is written."""
    return json.dumps(told).encode()


def encode(data: bytes) -> str:
    """Return base64url without padding."""
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def decode(text: str) -> bytes:
    """Return what base64url says."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def believe(token: str, *, at: datetime = NOW, pair: KeyPair = PAIR) -> Proven:
    """Prove a token as the server does: the key is the one of its id, if we have it."""
    unproven = read_unproven(token)
    key = known(pair) if unproven.kid == pair.kid else None
    return prove(unproven, key, expected=EXPECTED, now=at)


def why_not(token: str, *, at: datetime = NOW) -> str:
    """Return why a token is refused, as a trace says it; every answer is the same."""
    with pytest.raises(NotSignedIn) as refusal:
        believe(token, at=at)
    assert (refusal.value.code, refusal.value.params) == ("invalid_token", {})
    return refusal.value.__notes__[0]
