"""Notices: what a person must be told of their account, whichever way it came about (S25)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class NoticeKind(StrEnum):
    """What happened; the words are `notice.<kind>`."""

    PASSKEY_ADDED = "passkey_added"
    PASSKEY_REMOVED = "passkey_removed"
    PHONE_CHANGED = "phone_changed"
    RECOVERY_PENDING = "recovery_pending"
    RECOVERED = "recovered"
    RECOVERY_CODES_MADE = "recovery_codes_made"
    COUNTER_REGRESSED = "counter_regressed"
    PASSWORD_ADDED = "password_added"  # noqa: S105 -- the name of a notice, as those below
    PASSWORD_CHANGED = "password_changed"  # noqa: S105
    PASSWORD_REMOVED = "password_removed"  # noqa: S105
    EXTERNAL_ADDED = "external_added"
    EXTERNAL_REMOVED = "external_removed"
    SESSIONS_ENDED = "sessions_ended"
    WAYS_REMOVED = "ways_removed"


@dataclass(frozen=True, kw_only=True, slots=True)
class Notice:
    """One thing to be told; `subject` is what it is about: a passkey's name, a recovery's id."""

    id: str
    kind: NoticeKind
    subject: str
    made_at: datetime
    read_at: datetime | None = None
