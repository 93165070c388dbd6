"""Leaving no trace: what was erased, as the person is told in the end."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Erased:
    """How much of each kind there was, and is no more."""

    sessions: int
    passkeys: int
    codes: int
    phone: int
    memberships: int
    messages: int
    tasks: int
    conversations: int
