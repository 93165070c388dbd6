"""Somebody who has an account, and the key to it."""

import pytest

from tests.support.accounts import sign_up
from tests.support.authenticator import Authenticator
from treno_chat.actions.transaction import Transactions
from treno_chat.domain.door.sessions import Entered
from treno_chat.domain.ids import PlaceId


@pytest.fixture
def key() -> Authenticator:
    """Dora's authenticator, which counts."""
    return Authenticator(sign_count=1)


@pytest.fixture
def dora(transactions: Transactions, place: PlaceId, key: Authenticator) -> Entered:
    """Somebody who has signed up."""
    entered = sign_up(transactions, key)
    key.sign_count += 1
    return entered
