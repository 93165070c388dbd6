"""Somebody with everything an account can have."""

from uuid import uuid4

import pytest

from tests.actions.worlds import make_staff, say
from tests.support.accounts import SLUG, log_in, sign_up
from tests.support.authenticator import Authenticator
from treno_chat.actions.assistant.conversations import start_conversation
from treno_chat.actions.assistant.tasks import add_task
from treno_chat.actions.assistant.utterances import say_in_conversation
from treno_chat.actions.recovery.recovery_codes import make_codes
from treno_chat.actions.talk.rooms import open_room
from treno_chat.actions.transaction import Transactions
from treno_chat.domain.door.sessions import Principal
from treno_chat.domain.places import Room


@pytest.fixture
def key() -> Authenticator:
    """Dora's authenticator."""
    return Authenticator()


@pytest.fixture
def dora(transactions: Transactions, train: Room, key: Authenticator) -> Principal:
    """Somebody with everything an account can have."""
    dora = sign_up(transactions, key).principal
    log_in(transactions, key)
    with transactions.writing() as tx:
        make_codes(tx, dora)
        make_staff(tx, dora)
        open_room(tx, dora, SLUG, "treno")
        say(tx, dora, train, "Ciao!", "Scendo a Lucca")
        add_task(tx, dora, title="Latte")
        talk = start_conversation(tx, dora)
        say_in_conversation(tx, dora, talk.id, text="Quando?", client_id=str(uuid4()))
    return dora
