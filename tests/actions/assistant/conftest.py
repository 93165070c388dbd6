"""Who answers in rooms, and what they said there."""

from collections.abc import Generator

import pytest

from tests.actions.assistant.mentioning import Answers, said
from tests.conftest import Heard
from tests.support.assistant import WORDS, assistant_at
from treno_chat.actions.assistant.mentions import Mentions
from treno_chat.actions.limits.limits import Limits
from treno_chat.actions.transaction import Transactions, one_after_the_other
from treno_chat.domain.door.sessions import Principal
from treno_chat.domain.places import Room
from treno_chat.domain.talk.messages import MessageKind


@pytest.fixture
def limits() -> Limits:
    """Limits that count in this process alone."""
    return Limits("", send_burst=100)


@pytest.fixture
def mentions(transactions: Transactions, heard: Heard, limits: Limits) -> Generator[Mentions]:
    """Who hears what is said, after those who show it."""
    guide = assistant_at(transactions).guide
    mentions = Mentions(transactions, guide=guide, limits=limits, words=WORDS)
    transactions.announce = one_after_the_other(heard, mentions.hear)
    yield mentions
    mentions.close()


@pytest.fixture
def answers(transactions: Transactions, mentions: Mentions, train: Room, ada: Principal) -> Answers:
    """Wait for all that is being answered, and return what the assistant said in the room."""

    def answers() -> list[str]:
        mentions.close()
        there = said(transactions, ada, train)
        return [each.body for each in there if each.kind is MessageKind.ANSWER]

    return answers
