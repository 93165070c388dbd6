"""What a conversation is told in the name of the staff: stored like an answer, shown at once."""

from dataclasses import replace

from treno_chat.actions.transaction import Transaction
from treno_chat.domain.assistant.conversations import (
    MAX_UTTERANCES,
    STAFF,
    Conversation,
    Role,
    Source,
    Utterance,
    UtteranceStatus,
)
from treno_chat.domain.assistant.events import ConversationChanged, UtteranceSaid
from treno_chat.domain.ids import PlaceId, UserId, UtteranceId, new_id
from treno_chat.domain.refusals import Conflict
from treno_chat.stores.assistant import conversations, utterances


def say_for_staff(
    tx: Transaction,
    user_id: UserId,
    conversation: Conversation,
    *,
    answers_id: UtteranceId,
    place_id: PlaceId,
    body: str,
    client_id: str | None = None,
    sources: tuple[Source, ...] = (),
) -> Utterance:
    """Say something of a question in its conversation; refuses where there is no room for more."""
    answer = Utterance(
        id=new_id(),
        conversation_id=conversation.id,
        seq=conversations.take_seq(tx.db, conversation.id),
        client_id=client_id or new_id(),
        role=Role.ASSISTANT,
        status=UtteranceStatus.SAID,
        body=body,
        said_at=tx.now,
        sources=sources,
        answers_id=answers_id,
        place_id=place_id,
        engine=STAFF,
    )
    if answer.seq > MAX_UTTERANCES:
        raise Conflict("list_full", max=MAX_UTTERANCES)
    utterances.add(tx.db, user_id, answer)
    changed = replace(conversation, updated_at=tx.now)
    conversations.change(tx.db, user_id, changed)
    tx.outbox += [
        UtteranceSaid(user_id=user_id, conversation_id=conversation.id, utterance=answer),
        ConversationChanged(user_id=user_id, conversation=changed),
    ]
    return answer
