"""Conversations: one's own, the one that changed last first, and nobody else's."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlmodel import select

from tests.actions.worlds import register
from treno_chat.actions.assistant import conversations
from treno_chat.actions.assistant.conversations import (
    delete_conversation,
    get_conversation,
    list_conversations,
    rename_conversation,
    start_conversation,
)
from treno_chat.actions.assistant.utterances import list_utterances, say_in_conversation
from treno_chat.actions.transaction import Transaction
from treno_chat.domain.assistant.conversations import Behind
from treno_chat.domain.door.sessions import Principal
from treno_chat.domain.ids import ConversationId
from treno_chat.domain.refusals import Conflict, Forbidden, Invalid, NotFound
from treno_chat.stores import tables

HOUR = timedelta(hours=1)
Deed = Callable[[Transaction, Principal, ConversationId], object]


def say(tx: Transaction, who: Principal, where: ConversationId, text: str = "Ciao") -> object:
    return say_in_conversation(tx, who, where, text=text, client_id=str(uuid4()))


DEEDS: tuple[Deed, ...] = (
    get_conversation,
    lambda tx, who, where: rename_conversation(tx, who, where, "Rubata"),
    list_utterances,
    say,
    delete_conversation,
)


@pytest.fixture
def tx(tx: Transaction, ada: Principal, bruno: Principal) -> Transaction:
    """The unit of work; ada and bruno have accounts in it."""
    register(tx, ada)
    register(tx, bruno)
    return tx


def test_the_one_that_changed_last_comes_first(tx: Transaction, ada: Principal) -> None:
    first, second, third = (start_conversation(tx, ada, title=f"n. {n}") for n in (1, 2, 3))
    tx.now += HOUR
    say(tx, ada, first.id)
    tx.now += HOUR
    rename_conversation(tx, ada, third.id, "Terza")

    page = list_conversations(tx, ada, limit=2)
    behind = Behind(updated_at=page.conversations[-1].updated_at, id=page.conversations[-1].id)
    rest = list_conversations(tx, ada, limit=2, behind=behind)

    assert [each.id for each in page.conversations] == [third.id, first.id]
    assert [each.id for each in rest.conversations] == [second.id]
    assert (page.has_more, rest.has_more) == (True, False)


def test_of_the_same_moment_none_is_missed(tx: Transaction, ada: Principal) -> None:
    ids = {start_conversation(tx, ada).id for _ in range(5)}
    found: list[ConversationId] = []
    behind: Behind | None = None
    while True:
        page = list_conversations(tx, ada, behind=behind, limit=2)
        found += [each.id for each in page.conversations]
        if not page.has_more:
            break
        last = page.conversations[-1]
        behind = Behind(updated_at=last.updated_at, id=last.id)

    assert (set(found), len(found)) == (ids, 5)


def test_it_takes_its_name_from_what_is_said_first(tx: Transaction, ada: Principal) -> None:
    unnamed, named = start_conversation(tx, ada), start_conversation(tx, ada, title="Orari")
    for one in (unnamed, named):
        say(tx, ada, one.id, "Quando arriviamo\n a Aulla? " + "x" * 50)
        say(tx, ada, one.id, "E poi?")

    assert unnamed.title == ""
    title = get_conversation(tx, ada, unnamed.id).title
    assert title == "Quando arriviamo a Aulla? " + "x" * 24
    assert len(title) == 50
    assert get_conversation(tx, ada, named.id).title == "Orari"


def test_a_name_has_a_hundred_characters(tx: Transaction, ada: Principal) -> None:
    conversation = start_conversation(tx, ada, title="🚆" * 100)

    for title in ("", "x" * 101, "a\nb"):
        with pytest.raises(Invalid, match="invalid_title"):
            rename_conversation(tx, ada, conversation.id, title)
        with pytest.raises(Invalid, match="invalid_title"):
            start_conversation(tx, ada, title=title)
    assert get_conversation(tx, ada, conversation.id) == conversation
    tx.now += HOUR
    # The same name is no change.
    assert rename_conversation(tx, ada, conversation.id, " " + "🚆" * 100) == conversation


def test_what_was_said_goes_along(tx: Transaction, ada: Principal) -> None:
    conversation = start_conversation(tx, ada)
    say(tx, ada, conversation.id)
    delete_conversation(tx, ada, conversation.id)

    assert tx.db.exec(select(tables.Utterance)).all() == []
    for deed in DEEDS:
        with pytest.raises(NotFound, match="conversation_not_found"):
            deed(tx, ada, conversation.id)


@pytest.mark.parametrize("deed", DEEDS)
def test_somebody_elses_is_not_there(
    tx: Transaction, ada: Principal, bruno: Principal, deed: Deed
) -> None:
    conversation = start_conversation(tx, ada, title="Segreti di Ada")

    for stranger_to in (conversation.id, "nothing", "\x00"):
        with pytest.raises(NotFound, match="conversation_not_found"):
            deed(tx, bruno, stranger_to)

    assert get_conversation(tx, ada, conversation.id) == conversation
    assert list_conversations(tx, bruno).conversations == ()


def test_guests_have_none(tx: Transaction, chiara: Principal) -> None:
    with pytest.raises(Forbidden, match="account_needed"):
        start_conversation(tx, chiara)


def test_there_is_an_end(tx: Transaction, ada: Principal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conversations, "MAX_CONVERSATIONS", 1)
    start_conversation(tx, ada)

    with pytest.raises(Conflict, match="list_full"):
        start_conversation(tx, ada)
