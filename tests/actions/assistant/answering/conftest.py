"""Ada and Bruno have accounts, and an assistant that quotes the pages."""

from uuid import uuid4

import pytest

from tests.actions.assistant.answering.talking import Asks
from tests.actions.worlds import register
from tests.support.assistant import assistant_at
from treno_chat.actions.assistant.answering import Assistant
from treno_chat.actions.assistant.asking import ask
from treno_chat.actions.transaction import Transactions
from treno_chat.domain.assistant.conversations import Utterance
from treno_chat.domain.door.sessions import Principal
from treno_chat.domain.places import Room


@pytest.fixture(autouse=True)
def accounts(
    transactions: Transactions, rooms: tuple[Room, Room], ada: Principal, bruno: Principal
) -> None:
    """Both have accounts."""
    with transactions.writing() as tx:
        register(tx, ada)
        register(tx, bruno)


@pytest.fixture
def asks(transactions: Transactions) -> Asks:
    """Asks something, in a new conversation unless one is named."""

    def ask_one(who: Principal, text: str, *, after: Utterance | None = None) -> Utterance:
        where = after.conversation_id if after else None
        with transactions.writing() as tx:
            return ask(tx, who, text=text, client_id=str(uuid4()), conversation_id=where)

    return ask_one


@pytest.fixture
def assistant(transactions: Transactions) -> Assistant:
    """Quotes the pages."""
    return assistant_at(transactions)
