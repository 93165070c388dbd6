"""A software authenticator: right ceremonies, and wrong ones that are signed just as well."""

import base64
import hashlib
import json
import secrets
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256

ORIGIN = "http://localhost:3000"
RP_ID = "localhost"
PRESENT, VERIFIED, ELIGIBLE, BACKED_UP, ATTESTED = 0x01, 0x04, 0x08, 0x10, 0x40

Json = dict[str, Any]
PrivateKey = ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey | rsa.RSAPrivateKey


class Algorithm(Enum):
    """What the authenticator signs with, by COSE number."""

    ES256 = -7
    EDDSA = -8
    RS256 = -257
    ES384 = -35  # never offered


@dataclass(kw_only=True)
class Lie:
    """What a ceremony says; everything left alone is the truth."""

    type: str | None = None
    challenge: bytes | None = None
    origin: str = ORIGIN
    rp_id: str = RP_ID
    more: Json = field(default_factory=dict[str, Any])  # members of the client data
    drop: tuple[str, ...] = ()
    flags: int | None = None
    sign_count: int | None = None
    credential_id: bytes | None = None
    public_key: bytes | None = None
    handle: bytes | None = None
    without_handle: bool = False
    fmt: str = "none"
    statement: Json = field(default_factory=dict[str, Any])
    transports: tuple[str, ...] | None = ("internal", "hybrid", "internal", "telepathy")


TRUTH = Lie()


@dataclass(kw_only=True)
class Authenticator:
    """Holds one discoverable credential."""

    algorithm: Algorithm = Algorithm.ES256
    credential_id: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    handle: bytes = b""
    sign_count: int = 0
    flags: int = PRESENT | VERIFIED | ELIGIBLE | BACKED_UP
    key: PrivateKey = field(init=False)

    def __post_init__(self) -> None:
        """Make a key."""
        self.key = _new_key(self.algorithm)

    def create(self, options: Json, lie: Lie = TRUTH) -> Json:
        """Answer `navigator.credentials.create`, as `toJSON` gives it."""
        self.handle = decode(options["user"]["id"])
        credential_id = lie.credential_id or self.credential_id
        client_data = self._client_data("webauthn.create", options, lie)
        attested = (
            bytes(16)
            + len(credential_id).to_bytes(2, "big")
            + credential_id
            + (lie.public_key or self._public_key())
        )
        auth_data = self._auth_data(lie, ATTESTED) + attested
        attestation = {"fmt": lie.fmt, "authData": auth_data, "attStmt": lie.statement}
        return credential(
            credential_id,
            clientDataJSON=encode(client_data),
            attestationObject=encode(cbor2.dumps(attestation)),
            transports=None if lie.transports is None else list(lie.transports),
        )

    def get(self, options: Json, lie: Lie = TRUTH) -> Json:
        """Answer `navigator.credentials.get`, as `toJSON` gives it."""
        client_data = self._client_data("webauthn.get", options, lie)
        auth_data = self._auth_data(lie)
        signature = sign(self.key, auth_data + hashlib.sha256(client_data).digest())
        handle = None if lie.without_handle else encode(lie.handle or self.handle)
        return credential(
            lie.credential_id or self.credential_id,
            clientDataJSON=encode(client_data),
            authenticatorData=encode(auth_data),
            signature=encode(signature),
            userHandle=handle,
        )

    def _client_data(self, kind: str, options: Json, lie: Lie) -> bytes:
        challenge = options["challenge"] if lie.challenge is None else encode(lie.challenge)
        said = {
            "type": lie.type or kind,
            "challenge": challenge,
            "origin": lie.origin,
            "crossOrigin": False,
            **lie.more,
        }
        return json.dumps({name: said[name] for name in said if name not in lie.drop}).encode()

    def _auth_data(self, lie: Lie, more_flags: int = 0) -> bytes:
        flags = (self.flags if lie.flags is None else lie.flags) | more_flags
        sign_count = self.sign_count if lie.sign_count is None else lie.sign_count
        rp_id_hash = hashlib.sha256(lie.rp_id.encode()).digest()
        return rp_id_hash + bytes([flags]) + sign_count.to_bytes(4, "big")

    def _public_key(self) -> bytes:
        return cbor2.dumps(cose(self.key, self.algorithm))


def encode(data: bytes) -> str:
    """Write bytes as WebAuthn's JSON does."""
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def decode(text: str) -> bytes:
    """Read what `encode` wrote."""
    return base64.urlsafe_b64decode(f"{text}===")


def credential(credential_id: bytes, **response: object) -> Json:
    """Return an answer as `toJSON` gives it."""
    encoded = encode(credential_id)
    return {
        "id": encoded,
        "rawId": encoded,
        "type": "public-key",
        "response": response,
        "clientExtensionResults": {"unasked": True},
        "authenticatorAttachment": "platform",
    }


def _new_key(algorithm: Algorithm) -> PrivateKey:
    if algorithm is Algorithm.RS256:
        return rsa.generate_private_key(public_exponent=65537, key_size=2048)
    if algorithm is Algorithm.EDDSA:
        return ed25519.Ed25519PrivateKey.generate()
    return ec.generate_private_key(ec.SECP256R1())


def sign(key: PrivateKey, data: bytes) -> bytes:
    """Sign as an authenticator does; with the same key the same data gives the same signature."""
    if isinstance(key, ec.EllipticCurvePrivateKey):
        return key.sign(data, ec.ECDSA(SHA256(), deterministic_signing=True))
    if isinstance(key, rsa.RSAPrivateKey):
        return key.sign(data, padding.PKCS1v15(), SHA256())
    return key.sign(data)


def cose(key: PrivateKey, algorithm: Algorithm) -> dict[int, int | bytes]:
    """Return the public key as COSE writes it."""
    public = key.public_key()
    if isinstance(public, ed25519.Ed25519PublicKey):
        return {1: 1, 3: algorithm.value, -1: 6, -2: public.public_bytes_raw()}
    numbers = public.public_numbers()
    if isinstance(numbers, rsa.RSAPublicNumbers):
        length = (public.key_size + 7) // 8
        modulus, exponent = numbers.n.to_bytes(length, "big"), numbers.e.to_bytes(3, "big")
        return {1: 3, 3: algorithm.value, -1: modulus, -2: exponent}
    x, y = numbers.x.to_bytes(32, "big"), numbers.y.to_bytes(32, "big")
    return {1: 2, 3: algorithm.value, -1: 1, -2: x, -3: y}
