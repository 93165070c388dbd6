"""The pace of a slow machine: what was used up does not come back while the test asks."""

import time
from types import SimpleNamespace

import pytest

from treno_chat.actions.limits import pace


def stop_refilling(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have every bucket of this process stay as full as it is now."""
    now = time.time()
    monkeypatch.setattr(pace, "time", SimpleNamespace(time=lambda: now))
