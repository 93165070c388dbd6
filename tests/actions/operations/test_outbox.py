"""The outbox of development: what would have been sent, sealed where it lies."""

from datetime import timedelta

from sqlmodel import select

from tests.conftest import StoppedClock
from treno_chat.actions.operations.outbox import SHOWN, OutboxSender, newest_texts
from treno_chat.actions.transaction import Transactions
from treno_chat.domain.operations.texts import Text
from treno_chat.domain.recovery.sms import Sms
from treno_chat.stores import tables


def send(transactions: Transactions, text: str) -> None:
    sender = OutboxSender(
        database=transactions.database, vault=transactions.vault, clock=transactions.clock
    )
    sender.check()
    sender.send(Sms(id="", phone="+393456789012", text=text))


def test_what_would_be_sent_is_there_to_be_read(
    transactions: Transactions, clock: StoppedClock
) -> None:
    send(transactions, "123456")

    with transactions.reading() as tx:
        assert newest_texts(tx) == [
            Text(recipient="+393456789012", body="123456", made_at=clock.now)
        ]


def test_the_newest_stands_first_and_the_old_ones_not_at_all(
    transactions: Transactions, clock: StoppedClock
) -> None:
    for number in range(SHOWN + 1):
        clock.pass_(timedelta(seconds=1))
        send(transactions, str(number))

    with transactions.reading() as tx:
        shown = [text.body for text in newest_texts(tx)]
    assert shown == [str(number) for number in range(SHOWN, 0, -1)]


def test_neither_number_nor_text_lies_there_in_clear(transactions: Transactions) -> None:
    send(transactions, "the code is 123456")

    with transactions.reading() as tx:
        row = tx.db.exec(select(tables.Outbox)).one()
    assert b"3456789012" not in row.recipient_sealed
    assert b"123456" not in row.body_sealed
