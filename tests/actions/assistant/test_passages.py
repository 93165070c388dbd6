"""Keeping vectors: for the next start, and only those of the model in use."""

from treno_chat.actions.assistant.passages import StoredVectors
from treno_chat.actions.transaction import Transactions


def test_what_is_kept_is_there_at_the_next_start(transactions: Transactions) -> None:
    StoredVectors(transactions).keep("small", {"a": bytes(4)})

    assert StoredVectors(transactions).find("small", ["a", "b"]) == {"a": bytes(4)}


def test_a_new_model_leaves_nothing_of_the_old_one(transactions: Transactions) -> None:
    kept = StoredVectors(transactions)
    kept.keep("small", {"a": bytes(4)})

    kept.keep("large", {"a": bytes(8)})

    assert kept.find("small", ["a"]) == {}
