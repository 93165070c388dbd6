"""`outbox`: what development would have sent, on the terminal."""

from tests.commands.conftest import Order
from treno_chat.actions.operations.outbox import OutboxSender
from treno_chat.actions.transaction import Transactions
from treno_chat.domain.recovery.sms import Sms


def test_it_prints_the_messages(order: Order, transactions: Transactions) -> None:
    sender = OutboxSender(database=transactions.database, vault=transactions.vault)
    for text in ("first", "second"):
        sender.send(Sms(id=text, phone="+393456789012", text=text))

    told = order("outbox")

    assert told.code == 0
    assert "to +393456789012\nfirst" in told.out
    assert told.out.index("first") < told.out.index("second")


def test_it_says_when_there_are_none(order: Order, transactions: Transactions) -> None:
    told = order("outbox")

    assert (told.code, told.out) == (0, "The outbox is empty.\n")
