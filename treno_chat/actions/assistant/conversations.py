"""Conversations: a registered person's own; somebody else's is not there at all."""

from dataclasses import replace

from treno_chat.actions.door.step_up import require_registered
from treno_chat.actions.transaction import Transaction
from treno_chat.domain.assistant.conversations import (
    MAX_CONVERSATIONS,
    PAGE_SIZE,
    Behind,
    Conversation,
    ConversationPage,
    clean_conversation_title,
)
from treno_chat.domain.assistant.events import ConversationChanged, ConversationRemoved
from treno_chat.domain.door.sessions import Principal
from treno_chat.domain.ids import ConversationId, UserId, is_plain, new_id
from treno_chat.domain.refusals import Conflict, NotFound
from treno_chat.stores.assistant import conversations
from treno_chat.stores.door import users


def start_conversation(
    tx: Transaction, principal: Principal, *, title: str | None = None
) -> Conversation:
    """Begin a conversation; without a title it takes its name from what is said first."""
    user_id = hold_owner(tx, principal)
    return add_conversation(tx, user_id, "" if title is None else clean_conversation_title(title))


def add_conversation(tx: Transaction, user_id: UserId, title: str = "") -> Conversation:
    """Add a conversation to those of somebody who is held."""
    conversation = Conversation(id=new_id(), title=title, created_at=tx.now, updated_at=tx.now)
    if conversations.count(tx.db, user_id) >= MAX_CONVERSATIONS:
        raise Conflict("list_full", max=MAX_CONVERSATIONS)
    conversations.add(tx.db, user_id, conversation)
    tx.outbox.append(ConversationChanged(user_id=user_id, conversation=conversation))
    return conversation


def list_conversations(
    tx: Transaction, principal: Principal, *, behind: Behind | None = None, limit: int = PAGE_SIZE
) -> ConversationPage:
    """Return the caller's conversations, the one that changed last first."""
    found = conversations.page(tx.db, _owner(tx, principal), behind=behind, limit=limit + 1)
    return ConversationPage(conversations=tuple(found[:limit]), has_more=len(found) > limit)


def get_conversation(
    tx: Transaction, principal: Principal, conversation_id: ConversationId
) -> Conversation:
    """Return one of the caller's conversations."""
    return access_conversation(tx, principal, conversation_id)[1]


def rename_conversation(
    tx: Transaction, principal: Principal, conversation_id: ConversationId, title: str
) -> Conversation:
    """Call a conversation something else."""
    user_id, conversation = access_conversation(tx, principal, conversation_id, is_held=True)
    renamed = replace(conversation, title=clean_conversation_title(title))
    if renamed == conversation:
        return conversation
    renamed = replace(renamed, updated_at=tx.now)
    conversations.change(tx.db, user_id, renamed)
    tx.outbox.append(ConversationChanged(user_id=user_id, conversation=renamed))
    return renamed


def delete_conversation(
    tx: Transaction, principal: Principal, conversation_id: ConversationId
) -> None:
    """Delete a conversation with all that was said in it."""
    user_id = _owner(tx, principal)
    if not (is_plain(conversation_id) and conversations.remove(tx.db, user_id, conversation_id)):
        raise _not_found()
    tx.outbox.append(ConversationRemoved(user_id=user_id, conversation_id=conversation_id))


def access_conversation(
    tx: Transaction,
    principal: Principal,
    conversation_id: ConversationId,
    *,
    is_held: bool = False,
) -> tuple[UserId, Conversation]:
    """Return the caller's id and their conversation: the only door to what is said in one."""
    user_id = _owner(tx, principal)
    if is_held:
        # What is said points at the person, who is taken first by all who hold both.
        users.keep(tx.db, user_id)
    found = (
        conversations.get(tx.db, user_id, conversation_id, is_held=is_held)
        if is_plain(conversation_id)
        else None
    )
    if found is None:
        raise _not_found()
    return user_id, found


def hold_owner(tx: Transaction, principal: Principal) -> UserId:
    """Return whose conversations they are, held until the unit ends.

    So counting and adding are one, nobody is erased in between, and what is sent twice at once is
    stored once.
    """
    users.hold(tx.db, principal.user.id)
    return _owner(tx, principal)


def _owner(tx: Transaction, principal: Principal) -> UserId:
    return require_registered(tx, principal).user.id


def _not_found() -> NotFound:
    return NotFound("conversation_not_found")
