"""Passwords: long, not common, never cut off; no rules of what they must be composed of."""

import unicodedata
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from treno_chat.domain.ids import UserId
from treno_chat.domain.other_ways.common_passwords import is_common
from treno_chat.domain.policy import PasswordPolicy
from treno_chat.domain.refusals import Invalid


class LinkPurpose(StrEnum):
    """What a link by mail is for; one made for this opens nothing there."""

    RESET = "reset"
    CONFIRM = "confirm"


@dataclass(frozen=True, kw_only=True, slots=True)
class KeptPassword:
    """What is kept of a person's password; without `confirmed_at` it opens nothing yet."""

    user_id: UserId
    email_sealed: bytes = field(repr=False)
    password_hash: str = field(repr=False)
    confirmed_at: datetime | None


def normal_form(text: str) -> str:
    """Return what is hashed: the same characters, however a keyboard composes them (NIST)."""
    return unicodedata.normalize("NFKC", text)


def read_password(
    text: str,
    policy: PasswordPolicy,
    *,
    has_passkey: bool,
    own: Collection[str] = (),
    where: str = "password",
) -> str:
    """Return a new password as it is hashed, or refuse it.

    `own` is what everybody knows of the person. Where it is the only way in, it must be longer.
    """
    password = normal_form(text)
    minimum = policy.beside_passkey if has_passkey else policy.alone
    if len(password) < minimum:
        raise Invalid("password_too_short", field=where, min=minimum)
    if len(password) > policy.maximum:
        raise Invalid("password_too_long", field=where, max=policy.maximum)
    if not _is_writable(password):
        raise Invalid("password_characters", field=where)
    if is_common(password, own):
        raise Invalid("password_common", field=where)
    return password


def own_words(*, alias: str, address: str) -> tuple[str, ...]:
    """Return what everybody knows of a person: nothing of it makes a password."""
    local, _, domain = address.rpartition("@")
    return (alias, *alias.split(), address, local, *local.split("."), domain.split(".")[0])


def _is_writable(password: str) -> bool:
    """Say whether it is text: half a surrogate pair is none."""
    try:
        password.encode()
    except UnicodeEncodeError:
        return False
    return True
