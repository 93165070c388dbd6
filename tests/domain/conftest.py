"""Whoever takes part in the ceremonies."""

import pytest

from tests.domain.rehearsal import owned, register
from tests.support.authenticator import Authenticator
from treno_chat.domain.door.passkeys import Passkey


@pytest.fixture(scope="module")
def authenticator() -> Authenticator:
    return Authenticator()


@pytest.fixture(scope="module")
def passkey(authenticator: Authenticator) -> Passkey:
    return owned(register(authenticator))
