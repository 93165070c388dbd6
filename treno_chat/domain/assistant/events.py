"""What happened in conversations with the assistant: told to the open pages of one person."""

from dataclasses import dataclass

from treno_chat.domain.assistant.conversations import Conversation, Utterance
from treno_chat.domain.ids import ConversationId, UserId, UtteranceId


@dataclass(frozen=True, kw_only=True, slots=True)
class UtteranceSaid:
    """A question or an answer is in the conversation, or one that was there was rated."""

    user_id: UserId
    conversation_id: ConversationId
    utterance: Utterance


@dataclass(frozen=True, kw_only=True, slots=True)
class AnswerGrew:
    """An answer is being written; `text` is all of it so far, and nothing of it is kept yet."""

    user_id: UserId
    conversation_id: ConversationId
    question_id: UtteranceId
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ConversationChanged:
    """A conversation was begun, is called something else, or something was said in it."""

    user_id: UserId
    conversation: Conversation


@dataclass(frozen=True, kw_only=True, slots=True)
class ConversationRemoved:
    """A conversation is no more."""

    user_id: UserId
    conversation_id: ConversationId


PrivateEvent = UtteranceSaid | AnswerGrew | ConversationChanged | ConversationRemoved
