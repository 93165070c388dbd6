"""Hashing passwords with Argon2id: the same work whether there is one to compare or not."""

from dataclasses import dataclass

import argon2
from argon2.exceptions import InvalidHashError, VerificationError

from treno_chat.domain.other_ways.passwords import normal_form
from treno_chat.domain.policy import PasswordPolicy

_SALT_BYTES, _HASH_BYTES = 16, 32


@dataclass(frozen=True, slots=True)
class Hasher:
    """Hashes as the policy says; to be used in a worker thread, and outside of transactions."""

    policy: PasswordPolicy

    def hash(self, password: str) -> str:
        """Return what may be stored of a password."""
        return self._argon().hash(password)

    def is_right(self, kept: str | None, typed: str) -> bool:
        """Say whether what was typed is the password; for nobody's (None) it takes as long.

        What is too long to be anybody's is compared as well, cut off, and is never right.
        """
        password = normal_form(typed)
        is_possible = kept is not None and len(password) <= self.policy.maximum
        try:
            self._argon().verify(
                kept or self._nobodys(),
                password[: self.policy.maximum].encode("utf-8", "replace"),
            )
        except (VerificationError, InvalidHashError):
            return False
        return is_possible

    def is_outdated(self, kept: str) -> bool:
        """Say whether a hash was made with other numbers than we use now."""
        return self._argon().check_needs_rehash(kept)

    def _argon(self) -> argon2.PasswordHasher:
        return argon2.PasswordHasher(
            time_cost=self.policy.passes,
            memory_cost=self.policy.memory_kib,
            parallelism=self.policy.lanes,
            hash_len=_HASH_BYTES,
            salt_len=_SALT_BYTES,
        )

    def _nobodys(self) -> str:
        """Return a hash that no password has, made with the same numbers."""
        costs = f"m={self.policy.memory_kib},t={self.policy.passes},p={self.policy.lanes}"
        return f"$argon2id$v=19${costs}${'A' * 22}${'A' * 43}"
