"""`outbox`: what development would have sent, on the terminal."""

from tests.commands.conftest import Order
from treno_chat.actions.operations.outbox import OutboxSender
from treno_chat.actions.transaction import Transactions
from treno_chat.domain.recovery.sms import Sms
from treno_chat.domain.vault import Vault


def test_it_prints_the_messages(order: Order, transactions: Transactions) -> None:
    sender = OutboxSender(database=transactions.database, vault=transactions.vault)
    for text in ("first", "second"):
        sender.send(Sms(id=text, phone="+393456789012", text=text))

    told = order("outbox")

    assert told.code == 0
    assert "to +393456789012\nfirst" in told.out
    assert told.out.index("first") < told.out.index("second")


def test_what_another_secret_sealed_is_said_to_be_so(
    order: Order, transactions: Transactions
) -> None:
    other = OutboxSender(database=transactions.database, vault=Vault("a secret of yesterday"))
    other.send(Sms(id="", phone="+393456789012", text="first"))

    told = order("outbox")

    assert (told.code, told.err) == (0, "")
    assert "to sealed with another TRENO_SECRET\n" in told.out


def test_it_says_when_there_are_none(order: Order, transactions: Transactions) -> None:
    told = order("outbox")

    assert (told.code, told.out) == (0, "The outbox is empty.\n")
