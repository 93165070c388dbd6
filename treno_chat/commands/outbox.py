"""`outbox`: what development would have sent."""

from argparse import ArgumentParser, Namespace

from treno_chat.actions.operations.outbox import newest_texts
from treno_chat.commands.units import opened_transactions


def describe(parser: ArgumentParser) -> None:
    """Say what the command needs: nothing."""
    parser.set_defaults(run=_show)


def _show(_asked: Namespace) -> int:
    with opened_transactions() as transactions, transactions.reading() as tx:
        texts = newest_texts(tx)
    for text in reversed(texts):
        print(f"{text.made_at:%Y-%m-%d %H:%M:%S} UTC, to {text.recipient}\n{text.body}\n")
    if not texts:
        print("The outbox is empty.")
    return 0
