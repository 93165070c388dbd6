"""Keeping the assistant's vectors, each look-up and each batch in a unit of its own."""

from collections.abc import Mapping, Sequence

from treno_chat.actions.transaction import Transactions
from treno_chat.stores.assistant import passages


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
