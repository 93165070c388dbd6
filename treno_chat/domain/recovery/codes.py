"""Codes by SMS: how they are made and read, how often they are sent, how often they may be wrong.

All counts are of a number or of an account, never of a code alone: a resend moves none (S22).
"""

import math
import secrets
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from treno_chat.domain.ids import SessionId, UserId
from treno_chat.domain.policy import CodePolicy
from treno_chat.domain.refusals import Invalid

DIGITS = 6
MAX_TYPED = 40
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


class Purpose(StrEnum):
    """What a code is for; for anything else it is worth nothing."""

    RECOVERY = "recovery"
    PHONE_CHANGE = "phone_change"


@dataclass(frozen=True, kw_only=True, slots=True)
class Verification:
    """A code on its way to a phone, bound to one browser; a decoy's code went nowhere.

    Once proven, `expires_at` is the end of the proof; redeemed, it lies in the past.
    """

    id: str
    handle_hash: str
    purpose: Purpose
    user_id: UserId | None
    session_id: SessionId | None
    phone_sealed: bytes = field(repr=False)
    phone_fingerprint: str
    prefix: str
    network: str
    is_decoy: bool
    code_hash: str = field(repr=False)
    tries_left: int
    sent_at: datetime
    expires_at: datetime
    proven_at: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Failures:
    """Wrong codes of one account, or of one number that may be nobody's."""

    in_window: int = 0
    window_ends_at: datetime
    in_a_row: int = 0

    def and_one_more(self, now: datetime) -> "Failures":
        """Return the count after another wrong code."""
        if now >= self.window_ends_at:
            return replace(self, in_window=1, window_ends_at=now + DAY, in_a_row=self.in_a_row + 1)
        return replace(self, in_window=self.in_window + 1, in_a_row=self.in_a_row + 1)

    def is_blocked(self, policy: CodePolicy) -> bool:
        """Say whether there were too many in a row: time does not heal that."""
        return self.in_a_row >= policy.failures_in_a_row

    def wait(self, policy: CodePolicy, now: datetime) -> int:
        """Return the seconds until a code may be tried again, 0 for now."""
        is_full = self.in_window >= policy.failures_per_day
        return seconds_until(self.window_ends_at, now) if is_full else 0


def new_code() -> str:
    """Return six digits that nobody can foresee."""
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"


def read_code(typed: str) -> str:
    """Return the digits of what was typed or pasted; what no code can be costs no try."""
    plain = unicodedata.normalize("NFKC", typed) if len(typed) <= MAX_TYPED else ""
    kept = "".join(each for each in plain if not (each.isspace() or each in "-–"))
    if len(kept) != DIGITS or not (kept.isascii() and kept.isdigit()):
        raise Invalid("code_malformed", field="code")
    return kept


def wait_for_number(policy: CodePolicy, sent_at: Sequence[datetime], now: datetime) -> int:
    """Return the seconds until a number may get another code; `sent_at` is that of the last day."""
    rules = (
        (1, policy.resend_after),
        (policy.number_per_hour, HOUR),
        (policy.number_per_day, DAY),
    )
    return _wait(rules, sent_at, now)


def wait_for_network(policy: CodePolicy, sent_at: Sequence[datetime], now: datetime) -> int:
    """Return the seconds until a network may ask for another code, to whatever number."""
    rules = ((policy.network_per_hour, HOUR), (policy.network_per_day, DAY))
    return _wait(rules, sent_at, now)


def _wait(
    rules: Sequence[tuple[int, timedelta]], sent_at: Sequence[datetime], now: datetime
) -> int:
    newest_first = sorted(sent_at, reverse=True)
    waits = [
        seconds_until(newest_first[count - 1] + span, now)
        for count, span in rules
        if len(newest_first) >= count
    ]
    return max(waits, default=0)


def seconds_until(end: datetime, now: datetime) -> int:
    """Return the whole seconds until then, 0 when it has passed."""
    return max(0, math.ceil((end - now).total_seconds()))
