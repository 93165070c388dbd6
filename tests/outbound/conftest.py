"""A provider on loopback, and a message for it."""

from collections.abc import Generator

import pytest

from tests.support.provider import Provider, providing
from treno_chat.domain.recovery.sms import Sms


@pytest.fixture
def provider() -> Generator[Provider]:
    """Somebody who carries messages."""
    with providing() as provider:
        yield provider


@pytest.fixture
def sms() -> Sms:
    """A message for Ada."""
    return Sms(id="0199-1", phone="+393456789012", text="123456 è il tuo codice")
