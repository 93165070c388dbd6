"""What happened between one person and the assistant: told to their open pages, and no others."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from treno_chat.domain.assistant.conversations import Conversation, Utterance
from treno_chat.domain.ids import ConversationId, RoomId, UserId, UtteranceId


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


@dataclass(frozen=True, kw_only=True, slots=True)
class MentionRefused:
    """Whoever named the assistant in a room gets no answer there; why, they alone are told."""

    user_id: UserId
    room_id: RoomId
    code: str
    params: Mapping[str, str | int] = field(default_factory=dict[str, str | int])
    at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class QuestionHandedOver:
    """Somebody waits for the staff of a place: their desks that are open look again."""

    place_slug: str
    staff_ids: tuple[UserId, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class DeskChanged:
    """A question was settled or a page of the place's own is other: desks that are open look."""

    place_slug: str
    staff_ids: tuple[UserId, ...]


PrivateEvent = UtteranceSaid | AnswerGrew | ConversationChanged | ConversationRemoved
