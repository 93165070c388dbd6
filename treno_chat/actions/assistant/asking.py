"""Asking in one go: the question is stored, in a new conversation where none is named."""

from treno_chat.actions.assistant.conversations import add_conversation, hold_owner
from treno_chat.actions.assistant.utterances import (
    require_client_id,
    say_first,
    say_in_conversation,
)
from treno_chat.actions.transaction import Transaction
from treno_chat.domain.assistant.conversations import Utterance
from treno_chat.domain.door.sessions import Principal
from treno_chat.domain.ids import ConversationId
from treno_chat.stores.assistant import utterances


def ask(
    tx: Transaction,
    principal: Principal,
    *,
    text: str,
    client_id: str,
    conversation_id: ConversationId | None = None,
) -> Utterance:
    """Store a question; under the same client id again it is the one that is there."""
    if conversation_id is not None:
        return say_in_conversation(tx, principal, conversation_id, text=text, client_id=client_id)
    require_client_id(client_id)
    user_id = hold_owner(tx, principal)
    known = utterances.get_of_person(tx.db, user_id, client_id)
    if known is not None:
        return known
    conversation = add_conversation(tx, user_id)
    return say_first(tx, user_id, conversation, text=text, client_id=client_id)
