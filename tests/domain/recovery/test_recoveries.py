"""How far a recovery has come."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from treno_chat.domain.door.sessions import Device
from treno_chat.domain.recovery.recoveries import Recovery, RecoveryState

NOW = datetime(2026, 11, 21, 8, 30, tzinfo=UTC)
DAY = timedelta(days=1)
RECOVERY = Recovery(
    id="recovery",
    user_id="ada",
    handle_hash="hash",
    device=Device(address="192.0.2.7", user_agent="a browser"),
    asked_at=NOW,
    effective_at=NOW + DAY,
    expires_at=NOW + 2 * DAY,
)


@pytest.mark.parametrize(
    ("at", "state"),
    [
        (NOW, RecoveryState.WAITING),
        (NOW + DAY - timedelta(seconds=1), RecoveryState.WAITING),
        (NOW + DAY, RecoveryState.READY),
        (NOW + 2 * DAY - timedelta(seconds=1), RecoveryState.READY),
        (NOW + 2 * DAY, RecoveryState.EXPIRED),
    ],
)
def test_it_waits_is_in_force_and_is_over(at: datetime, state: RecoveryState) -> None:
    assert RECOVERY.state(at) is state


@pytest.mark.parametrize("at", [NOW, NOW + DAY, NOW + 2 * DAY])
def test_what_was_called_off_is_never_anything_else(at: datetime) -> None:
    assert replace(RECOVERY, cancelled_at=NOW).state(at) is RecoveryState.CANCELLED
