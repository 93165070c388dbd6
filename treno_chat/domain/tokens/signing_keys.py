"""Keys that sign: made, written as JWK, and bound to the one algorithm that each is for."""

import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1
from cryptography.hazmat.primitives.asymmetric.ec import generate_private_key as generate_ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from jwt import PyJWK
from jwt.algorithms import ECAlgorithm, OKPAlgorithm
from jwt.exceptions import PyJWTError


class Algorithm(StrEnum):
    """How our own keys sign: nothing else is ever accepted from ourselves (S37)."""

    ES256 = "ES256"
    EDDSA = "EdDSA"


# The public members of each kind of key (RFC 7518 §6, RFC 8037 §2), and what it is good for.
_MEMBERS: dict[tuple[str, str], tuple[str, tuple[str, ...]]] = {
    ("EC", "P-256"): ("ES256", ("crv", "kty", "x", "y")),
    ("OKP", "Ed25519"): ("EdDSA", ("crv", "kty", "x")),
    ("RSA", ""): ("RS256", ("e", "kty", "n")),
}
MIN_RSA_BITS = 2048


@dataclass(frozen=True, kw_only=True, slots=True)
class KeyPair:
    """A key that was just made; the private half is PEM, to be sealed at once."""

    kid: str
    algorithm: Algorithm
    public_jwk: str
    private_pem: str = field(repr=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class StoredKey:
    """A key of ours as it is kept; once retired it signs no more, and proves a little longer."""

    kid: str
    algorithm: Algorithm
    public_jwk: str
    private_sealed: bytes = field(repr=False)
    created_at: datetime
    retired_at: datetime | None = None

    def published(self) -> dict[str, Any]:
        """Return what the world is told: public members, and what they are for (S40)."""
        members = public_members(json.loads(self.public_jwk)) or {}
        return {**members, "kid": self.kid, "use": "sig", "alg": str(self.algorithm)}


@dataclass(frozen=True, kw_only=True, slots=True)
class ProvingKey:
    """A public key and the only algorithm that it proves anything by."""

    kid: str
    algorithm: str
    key: PyJWK


def make_pair(algorithm: Algorithm) -> KeyPair:
    """Make a new key; its id is the thumbprint of the public half (RFC 7638)."""
    pair = _pair(algorithm)
    # Behind a command, what begins with a dash would be taken for an option.
    while pair.kid.startswith("-"):
        pair = _pair(algorithm)
    return pair


def public_members(jwk: Mapping[str, Any]) -> dict[str, str] | None:
    """Return the public members of a key and nothing besides; None when it is of no known kind."""
    found = _MEMBERS.get((str(jwk.get("kty")), str(jwk.get("crv", ""))))
    members = {name: jwk.get(name) for name in found[1]} if found else {}
    whole = {name: value for name, value in members.items() if isinstance(value, str)}
    return whole if whole and len(whole) == len(members) else None


def proving_key(kid: str, jwk: Mapping[str, Any]) -> ProvingKey | None:
    """Return the key of a JWK; None when it cannot be used, or says that it is for another end."""
    members = public_members(jwk)
    if members is None:
        return None
    algorithm = _MEMBERS[members["kty"], members.get("crv", "")][0]
    if jwk.get("alg", algorithm) != algorithm or jwk.get("use", "sig") != "sig":
        return None
    key = _parsed(json.dumps(members, sort_keys=True), algorithm)
    return None if key is None else ProvingKey(kid=kid, algorithm=algorithm, key=key)


@lru_cache(maxsize=64)
def _parsed(members: str, algorithm: str) -> PyJWK | None:
    try:
        key = PyJWK.from_json(members, algorithm)
    except (PyJWTError, ValueError):
        return None
    is_short = getattr(key.key, "key_size", MIN_RSA_BITS) < MIN_RSA_BITS
    return None if algorithm == "RS256" and is_short else key


def _pair(algorithm: Algorithm) -> KeyPair:
    if algorithm is Algorithm.EDDSA:
        private = Ed25519PrivateKey.generate()
        told = OKPAlgorithm.to_jwk(private.public_key(), as_dict=True)
    else:
        private = generate_ec(SECP256R1())
        told = ECAlgorithm.to_jwk(private.public_key(), as_dict=True)
    pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    members = public_members(told) or {}
    return KeyPair(
        kid=_thumbprint(members),
        algorithm=algorithm,
        public_jwk=json.dumps(members, sort_keys=True),
        private_pem=pem,
    )


def _thumbprint(members: Mapping[str, str]) -> str:
    written = json.dumps(members, sort_keys=True, separators=(",", ":"))
    digest = hashlib.sha256(written.encode()).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")
