"""What is said in conversations: stored and committed first, answered afterwards."""

from dataclasses import replace

from treno_chat.actions.assistant.conversations import access_conversation
from treno_chat.actions.transaction import Transaction, Transactions
from treno_chat.domain.assistant.conversations import (
    MAX_UTTERANCES,
    PAGE_SIZE,
    Answerer,
    Role,
    Utterance,
    UtterancePage,
    UtteranceStatus,
    title_from_words,
)
from treno_chat.domain.door.sessions import Principal
from treno_chat.domain.ids import ConversationId, UtteranceId, is_client_id, is_plain, new_id
from treno_chat.domain.refusals import Conflict, Invalid, NotFound, Unavailable
from treno_chat.domain.talk.bodies import clean_body
from treno_chat.stores.assistant import conversations, utterances


def list_utterances(
    tx: Transaction,
    principal: Principal,
    conversation_id: ConversationId,
    *,
    before_seq: int | None = None,
    limit: int = PAGE_SIZE,
) -> UtterancePage:
    """Return what was said last, or before `before_seq`, in the order in which it was said."""
    _, conversation = access_conversation(tx, principal, conversation_id)
    found = utterances.page_before(tx.db, conversation.id, before_seq=before_seq, limit=limit + 1)
    return UtterancePage(utterances=tuple(reversed(found[:limit])), has_older=len(found) > limit)


def say_in_conversation(
    tx: Transaction,
    principal: Principal,
    conversation_id: ConversationId,
    *,
    text: str,
    client_id: str,
) -> Utterance:
    """Say something; saying it again under the same client id changes nothing."""
    user_id, conversation = access_conversation(tx, principal, conversation_id, is_held=True)
    if not is_client_id(client_id):
        raise Invalid("bad_request", field="client_id")
    said = utterances.get_sent(tx.db, conversation.id, client_id)
    if said is not None:
        return said
    body = clean_body(text)
    seq = conversations.take_seq(tx.db, conversation.id)
    if seq > MAX_UTTERANCES:
        raise Conflict("list_full", max=MAX_UTTERANCES)
    utterance = Utterance(
        id=new_id(),
        conversation_id=conversation.id,
        seq=seq,
        client_id=client_id,
        role=Role.USER,
        status=UtteranceStatus.SAID,
        body=body,
        said_at=tx.now,
    )
    utterances.add(tx.db, user_id, utterance)
    title = conversation.title or title_from_words(body)
    conversations.change(tx.db, user_id, replace(conversation, title=title, updated_at=tx.now))
    return utterance


def answer_utterance(
    transactions: Transactions,
    principal: Principal,
    conversation_id: ConversationId,
    utterance_id: UtteranceId,
    *,
    answerer: Answerer | None,
) -> Utterance:
    """Have a question that is stored answered; without anybody who answers, say so."""
    with transactions.reading() as tx:
        _, conversation = access_conversation(tx, principal, conversation_id)
        question = (
            utterances.get(tx.db, conversation.id, utterance_id) if is_plain(utterance_id) else None
        )
    if question is None or question.role is not Role.USER:
        raise NotFound("message_not_found")
    if answerer is None:
        raise Unavailable("assistant_not_configured")
    return answerer.answer(conversation, question)
