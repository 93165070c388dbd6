"""Keeping a secret: encryption at rest, and a keyed hash to look it up by."""

import base64
import hashlib
import hmac
from dataclasses import dataclass, field

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

UNREADABLE = "sealed with another TRENO_SECRET"


@dataclass(frozen=True, slots=True)
class Vault:
    """Derives its two keys from one secret, so that neither says anything of the other."""

    secret: str = field(repr=False)

    def seal(self, text: str) -> bytes:
        """Encrypt and authenticate (AES-128-CBC with HMAC-SHA-256, Fernet)."""
        return self._fernet().encrypt(text.encode())

    def open(self, sealed: bytes) -> str:
        """Decrypt what `seal` gave; raises `cryptography.fernet.InvalidToken` on anything else."""
        return self._fernet().decrypt(sealed).decode()

    def read(self, sealed: bytes) -> str:
        """Decrypt for somebody who only looks: what does not open is said to be so."""
        try:
            return self.open(sealed)
        except InvalidToken:
            return UNREADABLE

    def peek(self, sealed: bytes) -> str | None:
        """Decrypt for its owner; None for what does not open: they enter it anew."""
        text = self.read(sealed)
        return None if text == UNREADABLE else text

    def fingerprint(self, text: str) -> str:
        """Return the keyed hash that equal texts share (HMAC-SHA-256, hexadecimal)."""
        return hmac.new(self._key(b"fingerprint"), text.encode(), hashlib.sha256).hexdigest()

    def _fernet(self) -> Fernet:
        return Fernet(base64.urlsafe_b64encode(self._key(b"encryption")))

    def _key(self, purpose: bytes) -> bytes:
        kdf = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"treno-chat " + purpose)
        return kdf.derive(self.secret.encode())
