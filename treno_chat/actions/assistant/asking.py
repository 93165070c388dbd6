"""Asking in one go: the question is stored, in a new conversation where none is named."""

from treno_chat.actions.assistant.conversations import start_conversation
from treno_chat.actions.assistant.utterances import say_in_conversation
from treno_chat.actions.door.step_up import require_registered
from treno_chat.actions.transaction import Transaction
from treno_chat.domain.assistant.conversations import Utterance
from treno_chat.domain.door.sessions import Principal
from treno_chat.domain.ids import ConversationId
from treno_chat.stores.assistant import utterances
from treno_chat.stores.door import users


def ask(
    tx: Transaction,
    principal: Principal,
    *,
    text: str,
    client_id: str,
    conversation_id: ConversationId | None = None,
) -> Utterance:
    """Store a question; under the same client id again it is the one that is there."""
    if conversation_id is None:
        # Held, so that the same question asked twice at once begins one conversation.
        users.hold(tx.db, principal.user.id)
        user_id = require_registered(tx, principal).user.id
        known = utterances.get_of_person(tx.db, user_id, client_id)
        if known is not None:
            return known
        conversation_id = start_conversation(tx, principal).id
    return say_in_conversation(tx, principal, conversation_id, text=text, client_id=client_id)
