"""Whoever sends: nobody tires here."""

import pytest

from treno_chat.actions.limits.limits import Limits
from treno_chat.actions.talk.sender import Sender
from treno_chat.actions.transaction import Transactions


@pytest.fixture
def limits() -> Limits:
    """Nobody tires here."""
    return Limits(send_burst=1000, sends_per_minute=1000)


@pytest.fixture
def sender(transactions: Transactions, limits: Limits) -> Sender:
    """A sender that announces to `heard`."""
    return Sender(transactions, limits)
