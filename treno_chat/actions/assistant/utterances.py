"""What is said in conversations: stored first, and answered afterwards."""

from dataclasses import replace

from treno_chat.actions.assistant.conversations import access_conversation
from treno_chat.actions.transaction import Transaction
from treno_chat.domain.assistant.conversations import (
    MAX_UTTERANCES,
    PAGE_SIZE,
    Conversation,
    Role,
    Utterance,
    UtterancePage,
    UtteranceStatus,
    title_from_words,
)
from treno_chat.domain.assistant.events import ConversationChanged, UtteranceSaid
from treno_chat.domain.door.sessions import Principal
from treno_chat.domain.ids import (
    ConversationId,
    UserId,
    UtteranceId,
    is_client_id,
    is_plain,
    new_id,
)
from treno_chat.domain.refusals import Conflict, Invalid, NotFound
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
    require_client_id(client_id)
    known = utterances.get_sent(tx.db, conversation.id, client_id)
    if known is not None:
        return known
    return say_first(tx, user_id, conversation, text=text, client_id=client_id)


def say_first(
    tx: Transaction, user_id: UserId, conversation: Conversation, *, text: str, client_id: str
) -> Utterance:
    """Say in a conversation that is held what was not said there before."""
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
    title = conversation.title or title_from_words(body)
    keep_utterance(tx, user_id, replace(conversation, title=title), utterance)
    return utterance


def keep_utterance(
    tx: Transaction, user_id: UserId, conversation: Conversation, utterance: Utterance
) -> None:
    """Store what is said, and tell the person's other pages."""
    utterances.add(tx.db, user_id, utterance)
    changed = replace(conversation, updated_at=tx.now)
    conversations.change(tx.db, user_id, changed)
    tx.outbox += (
        said(user_id, utterance),
        ConversationChanged(user_id=user_id, conversation=changed),
    )


def require_client_id(client_id: str) -> None:
    """Refuse what no page and no program would give a message to be known by."""
    if not is_client_id(client_id):
        raise Invalid("bad_request", field="client_id")


def access_question(
    tx: Transaction,
    principal: Principal,
    conversation_id: ConversationId,
    utterance_id: UtteranceId,
) -> tuple[UserId, Utterance]:
    """Return the caller's id and a question of theirs."""
    user_id, question = access_utterance(tx, principal, conversation_id, utterance_id)
    if question.role is not Role.USER:
        raise _not_found()
    return user_id, question


def access_utterance(
    tx: Transaction,
    principal: Principal,
    conversation_id: ConversationId,
    utterance_id: UtteranceId,
) -> tuple[UserId, Utterance]:
    """Return the caller's id and something that was said in a conversation of theirs."""
    user_id, conversation = access_conversation(tx, principal, conversation_id)
    found = utterances.get(tx.db, conversation.id, utterance_id) if is_plain(utterance_id) else None
    if found is None:
        raise _not_found()
    return user_id, found


def said(user_id: UserId, utterance: Utterance) -> UtteranceSaid:
    """Return what the person's pages are told of it."""
    return UtteranceSaid(
        user_id=user_id, conversation_id=utterance.conversation_id, utterance=utterance
    )


def _not_found() -> NotFound:
    return NotFound("message_not_found")
