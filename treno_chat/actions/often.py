"""Refusals that may come by the hundred: one is written down, and later how many more.

Whoever hammers must not fill the log and the database as well.
"""

import time
from dataclasses import dataclass, field
from threading import Lock
from weakref import WeakKeyDictionary

from treno_chat.actions.audit import record_refusal
from treno_chat.actions.transaction import Transactions
from treno_chat.domain.fading import Fading
from treno_chat.domain.ids import SessionId, UserId
from treno_chat.domain.operations.auth_events import AuthEventKind

SECONDS = 60


@dataclass(slots=True)
class _Noted:
    since: float | None = None
    more: int = 0


@dataclass(frozen=True, slots=True)
class _Notes:
    kept: Fading[_Noted] = field(default_factory=lambda: Fading(_Noted))
    lock: Lock = field(default_factory=Lock)


_notes: WeakKeyDictionary[Transactions, _Notes] = WeakKeyDictionary()


def note_refusal(
    transactions: Transactions,
    kind: AuthEventKind,
    *,
    user_id: UserId | None = None,
    session_id: SessionId | None = None,
    address: str = "",
    detail: str = "",
) -> None:
    """Write a refusal down, unless the same was, of the same person or address, a moment ago."""
    subject = f"{kind} {session_id or address}"
    more = _count(_notes.setdefault(transactions, _Notes()), subject, time.time())
    if more is None:
        return
    record_refusal(
        transactions,
        kind,
        user_id=user_id,
        session_id=session_id,
        address=address,
        detail=f"{detail} ({more} more before)" if more else detail,
    )


def _count(notes: _Notes, subject: str, now: float) -> int | None:
    """Return how many were passed over since the last that was written; None to pass over this."""
    with notes.lock:
        noted = notes.kept.touch(subject, now=now, seconds=2 * SECONDS)
        if noted.since is not None and 0 <= now - noted.since < SECONDS:
            noted.more += 1
            return None
        more, noted.more, noted.since = noted.more, 0, now
        return more
