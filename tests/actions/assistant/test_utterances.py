"""What is said in a conversation is stored first, once, and answered by whoever is there."""

from uuid import uuid4

import pytest

from tests.actions.worlds import register
from tests.support.races import at_once
from treno_chat.actions.assistant import utterances
from treno_chat.actions.assistant.conversations import start_conversation
from treno_chat.actions.assistant.utterances import (
    list_utterances,
    say_in_conversation,
)
from treno_chat.actions.transaction import Transaction, Transactions
from treno_chat.domain.assistant.conversations import Conversation, Role, Utterance
from treno_chat.domain.door.sessions import Principal
from treno_chat.domain.places import Room
from treno_chat.domain.refusals import Conflict, Invalid


@pytest.fixture
def conversation(
    transactions: Transactions, rooms: tuple[Room, Room], ada: Principal, bruno: Principal
) -> Conversation:
    """A conversation of ada's; both have accounts."""
    with transactions.writing() as tx:
        register(tx, ada)
        register(tx, bruno)
        return start_conversation(tx, ada)


def say(
    tx: Transaction, who: Principal, where: Conversation, text: str, *, client_id: str = ""
) -> Utterance:
    client_id = client_id or str(uuid4())
    return say_in_conversation(tx, who, where.id, text=text, client_id=client_id)


def test_it_is_kept_in_its_order(
    transactions: Transactions, ada: Principal, conversation: Conversation
) -> None:
    with transactions.writing() as tx:
        for number in range(1, 6):
            say(tx, ada, conversation, f"n. {number}")
        newest = list_utterances(tx, ada, conversation.id, limit=2)
        older = list_utterances(tx, ada, conversation.id, limit=3, before_seq=4)

    assert [each.body for each in newest.utterances] == ["n. 4", "n. 5"]
    assert [each.body for each in older.utterances] == ["n. 1", "n. 2", "n. 3"]
    assert (newest.has_older, older.has_older) == (True, False)
    assert {each.role for each in newest.utterances} == {Role.USER}


def test_saying_it_again_changes_nothing(
    transactions: Transactions, ada: Principal, conversation: Conversation
) -> None:
    client_id = str(uuid4())
    with transactions.writing() as tx:
        said = say(tx, ada, conversation, "Quando?", client_id=client_id)
    with transactions.writing() as tx:
        again = say(tx, ada, conversation, "Altro", client_id=client_id)

        assert again == said
        assert list_utterances(tx, ada, conversation.id).utterances == (said,)


def test_the_same_thing_said_twice_at_once_is_kept_once(
    transactions: Transactions, ada: Principal, conversation: Conversation
) -> None:
    client_id = str(uuid4())

    def once() -> None:
        with transactions.writing() as tx:
            say(tx, ada, conversation, "Quando?", client_id=client_id)

    def another() -> None:
        with transactions.writing() as tx:
            say(tx, ada, conversation, "E poi?")

    assert at_once(once, another, once, another) == ["in"] * 4
    with transactions.reading() as tx:
        kept = list_utterances(tx, ada, conversation.id).utterances
    assert [each.seq for each in kept] == [1, 2, 3]
    assert sorted(each.body for each in kept) == ["E poi?", "E poi?", "Quando?"]


@pytest.mark.parametrize(
    ("text", "code"), [(" ", "message_empty"), ("x" * 1001, "message_too_long")]
)
def test_what_cannot_be_said_is_not_kept(
    transactions: Transactions, ada: Principal, conversation: Conversation, text: str, code: str
) -> None:
    with transactions.writing() as tx:
        with pytest.raises(Invalid, match=code):
            say(tx, ada, conversation, text)
        with pytest.raises(Invalid, match="bad_request"):
            say(tx, ada, conversation, "Ciao", client_id="1")

        assert list_utterances(tx, ada, conversation.id).utterances == ()


def test_a_conversation_has_an_end(
    transactions: Transactions,
    ada: Principal,
    conversation: Conversation,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(utterances, "MAX_UTTERANCES", 1)
    with transactions.writing() as tx:
        say(tx, ada, conversation, "Uno")
    with pytest.raises(Conflict, match="list_full"), transactions.writing() as tx:
        say(tx, ada, conversation, "Due")
