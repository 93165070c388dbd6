"""Recoveries: a way back in, proven by phone; at once with a second proof, else after a wait."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from treno_chat.domain.door.sessions import Device
from treno_chat.domain.ids import UserId


class RecoveryState(StrEnum):
    """How far a recovery has come."""

    WAITING = "waiting"
    READY = "ready"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


@dataclass(frozen=True, kw_only=True, slots=True)
class Recovery:
    """Somebody's way back in, bound to the browser that asked; used, it has expired."""

    id: str
    user_id: UserId
    handle_hash: str
    device: Device
    asked_at: datetime
    effective_at: datetime
    expires_at: datetime
    cancelled_at: datetime | None = None

    def state(self, now: datetime) -> RecoveryState:
        """Say how far it has come."""
        if self.cancelled_at is not None:
            return RecoveryState.CANCELLED
        if now >= self.expires_at:
            return RecoveryState.EXPIRED
        return RecoveryState.READY if now >= self.effective_at else RecoveryState.WAITING
