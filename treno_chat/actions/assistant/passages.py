"""Keeping the assistant's vectors, each look-up and each batch in a unit of its own."""

from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta

from treno_chat.actions.transaction import Transactions
from treno_chat.stores.assistant import passages

# What is newer may be of a page that another version of the house is just bringing along.
SETTLED = timedelta(days=1)


class StoredVectors:
    """Keeps vectors in the database, so that pages are read once and not at every start."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions

    def find(self, model: str, hashes: Sequence[str]) -> Mapping[str, bytes]:
        """Return the vectors that are kept, by the hash of their text."""
        with self._transactions.reading() as tx:
            return passages.find(tx.db, model, hashes)

    def keep(self, model: str, vectors: Mapping[str, bytes]) -> None:
        """Keep some more; what another model made is of no use any more."""
        with self._transactions.writing() as tx:
            passages.remove_other_models(tx.db, model)
            passages.add(tx.db, model, vectors, now=tx.now)


def forget_vectors(transactions: Transactions, *, but: Collection[str]) -> int:
    """Delete the vectors of texts that no page has any more, and return how many those were."""
    with transactions.writing() as tx:
        old = passages.made_before(tx.db, tx.now - SETTLED)
        return passages.remove(tx.db, sorted(old - frozenset(but)))
