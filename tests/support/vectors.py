"""The ceremonies of WebAuthn Level 3, section "Test Vectors", made again from its recipe.

Every random value is HKDF-SHA-256 of one text, the vector's name and a count; ECDSA signs as
RFC 6979 says. Where the recipe has a client add a member of its own to what it says, ours says
something else there, and signs that.
"""

import hashlib
import json
from dataclasses import dataclass, field
from itertools import count

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from tests.support.authenticator import (
    ATTESTED,
    BACKED_UP,
    ELIGIBLE,
    PRESENT,
    VERIFIED,
    Algorithm,
    Json,
    PrivateKey,
    cose,
    credential,
    encode,
    sign,
)

ORIGIN, RP_ID = "https://example.org", "example.org"
KEY_MATERIAL = b"WebAuthn test vectors"


@dataclass(kw_only=True)
class Recipe:
    """What the section says of one vector; `id_bytes` is how long its credential id is."""

    name: str
    algorithm: Algorithm = Algorithm.ES256
    more: Json = field(default_factory=dict[str, bool | str])
    id_bytes: int = 32
    is_self_attested: bool = False
    is_attested: bool = False  # by a certificate, which is not made again: no registration then


@dataclass(kw_only=True)
class Ceremony:
    """One of the two: what was asked, and what came back."""

    challenge: bytes
    answer: Json
    client_data: bytes
    auth_data: bytes
    signature: bytes
    is_extended: bool

    @property
    def is_verified(self) -> bool:
        """Say whether the person was verified, as the policy of this house wants it."""
        return bool(self.auth_data[32] & VERIFIED)


class Vector:
    """Both ceremonies of a recipe, in the order in which it draws its values."""

    def __init__(self, recipe: Recipe) -> None:
        self.recipe = recipe
        self._counts = count()
        challenge = self._draw(32)
        self.key = self._key()
        client_data, is_extended = self._client_data("webauthn.create", challenge)
        aaguid, self.credential_id = self._draw(16), self._draw(recipe.id_bytes)
        drawn = self._draw(1)[0]
        self.eligible = drawn & ELIGIBLE
        attested = aaguid + len(self.credential_id).to_bytes(2, "big") + self.credential_id
        auth_data = self._auth_data(drawn, ATTESTED) + attested + self.public_key
        if recipe.is_attested:
            self._draw(32)
            self._draw(16)
        self.registration = self._ceremony(
            challenge, client_data, auth_data, is_extended=is_extended, is_creation=True
        )
        challenge = self._draw(32)
        client_data, is_extended = self._client_data("webauthn.get", challenge)
        auth_data = self._auth_data(self._draw(1)[0])
        self.authentication = self._ceremony(
            challenge, client_data, auth_data, is_extended=is_extended, is_creation=False
        )

    @property
    def public_key(self) -> bytes:
        """The key as COSE writes it."""
        return cbor2.dumps(cose(self.key, self.recipe.algorithm))

    def _draw(self, size: int) -> bytes:
        salt, info = bytes([next(self._counts)]), self.recipe.name.encode()
        return HKDF(SHA256(), size, salt=salt, info=info).derive(KEY_MATERIAL)

    def _key(self) -> PrivateKey:
        if self.recipe.algorithm is Algorithm.RS256:
            return _mersenne_key()
        drawn = self._draw(32)
        if self.recipe.algorithm is Algorithm.EDDSA:
            return ed25519.Ed25519PrivateKey.from_private_bytes(drawn)
        return ec.derive_private_key(int.from_bytes(drawn, "big"), ec.SECP256R1())

    def _client_data(self, kind: str, challenge: bytes) -> tuple[bytes, bool]:
        said: Json = {"type": kind, "challenge": encode(challenge), "origin": ORIGIN}
        said |= {"crossOrigin": False} | self.recipe.more
        is_extended = bool(self._draw(1)[0] & 1)
        if is_extended:
            said["extraData"] = encode(self._draw(16))
        return json.dumps(said, separators=(",", ":")).encode(), is_extended

    def _auth_data(self, drawn: int, more: int = 0) -> bytes:
        flags = PRESENT | more | self.eligible | drawn & VERIFIED
        flags |= drawn & BACKED_UP if self.eligible else 0
        return hashlib.sha256(RP_ID.encode()).digest() + bytes([flags]) + bytes(4)

    def _ceremony(
        self,
        challenge: bytes,
        client_data: bytes,
        auth_data: bytes,
        *,
        is_extended: bool,
        is_creation: bool,
    ) -> Ceremony:
        signature = sign(self.key, auth_data + hashlib.sha256(client_data).digest())
        response: Json = {"clientDataJSON": encode(client_data)}
        if is_creation:
            is_signed = self.recipe.is_self_attested
            attestation: Json = {
                "fmt": "packed" if is_signed else "none",
                "attStmt": {"alg": self.recipe.algorithm.value, "sig": signature}
                if is_signed
                else {},
                "authData": auth_data,
            }
            response["attestationObject"] = encode(cbor2.dumps(attestation))
        else:
            response |= {"authenticatorData": encode(auth_data), "signature": encode(signature)}
        return Ceremony(
            challenge=challenge,
            answer=credential(self.credential_id, **response),
            client_data=client_data,
            auth_data=auth_data,
            signature=signature,
            is_extended=is_extended,
        )


def _mersenne_key() -> rsa.RSAPrivateKey:
    p, q, e = 2**1279 - 1, 2**2203 - 1, 65537
    d = pow(e, -1, (p - 1) * (q - 1))
    numbers = rsa.RSAPrivateNumbers(
        p, q, d, d % (p - 1), d % (q - 1), pow(q, -1, p), rsa.RSAPublicNumbers(e, p * q)
    )
    return numbers.private_key()
