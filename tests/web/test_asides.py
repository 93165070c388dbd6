"""What a page hears of a conversation looks as the API tells it."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from treno_chat.api.v1.conversation_shapes import conversation_told, utterance_told
from treno_chat.domain.assistant.conversations import (
    Conversation,
    Role,
    Source,
    Utterance,
    UtteranceStatus,
)
from treno_chat.domain.assistant.events import (
    AnswerGrew,
    ConversationChanged,
    ConversationRemoved,
    PrivateEvent,
    UtteranceSaid,
)
from treno_chat.web.asides import Asides
from treno_chat.web.wire import DeltaEncoder, WireJson

NOW = datetime(2026, 11, 21, 8, 30, 0, 123456, tzinfo=UTC)
ANSWER = Utterance(
    id="2",
    conversation_id="c",
    seq=2,
    client_id="x",
    role=Role.ASSISTANT,
    status=UtteranceStatus.STOPPED,
    body="Sì [1].",
    said_at=NOW,
    sources=(
        Source(
            title="Bici",
            snippet="Sì",
            position="0",
            slug="bikes",
            language="it",
            updated=date(2026, 11, 2),
        ),
        Source(title="Di una volta", snippet=""),
    ),
    answers_id="1",
    engine="extractive@1",
    latency_ms=12,
    is_degraded=True,
    rating=-1,
)
TALK = Conversation(id="c", title="Bici", created_at=NOW, updated_at=NOW)


def item_of(event: PrivateEvent) -> dict[str, Any]:
    packet = WireJson.loads(WireJson.dumps(DeltaEncoder().aside(event)))
    (item,) = packet["delta"][Asides.get_full_name()]["batch_rx_state_"]
    assert item.pop("id")
    return item


@pytest.mark.parametrize("said_at", [NOW, NOW.replace(microsecond=0)])
def test_an_answer_is_the_same_over_both_ways(said_at: datetime) -> None:
    answer = replace(ANSWER, said_at=said_at)
    event = UtteranceSaid(user_id="ada", conversation_id="c", utterance=answer)

    assert item_of(event) == {
        "kind": "said",
        "utterance": utterance_told(answer).model_dump(mode="json"),
    }


def test_a_conversation_is_the_same_over_both_ways() -> None:
    assert item_of(ConversationChanged(user_id="ada", conversation=TALK)) == {
        "kind": "conversation",
        "conversation": conversation_told(TALK).model_dump(mode="json"),
    }
    assert item_of(ConversationRemoved(user_id="ada", conversation_id="c")) == {
        "kind": "conversation_gone",
        "conversation_id": "c",
    }


def test_an_answer_that_grows_names_its_question() -> None:
    grew = AnswerGrew(user_id="ada", conversation_id="c", question_id="1", text="Sì")

    assert item_of(grew) == {
        "kind": "grew",
        "conversation_id": "c",
        "question_id": "1",
        "text": "Sì",
    }
    assert DeltaEncoder().aside(grew) != DeltaEncoder().aside(grew)
