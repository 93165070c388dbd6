"""Conversations: a registered person's own talk with the assistant, which nobody else reads."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from treno_chat.domain.assistant.titles import clean_title, title_from
from treno_chat.domain.ids import ConversationId, PlaceId, UtteranceId
from treno_chat.domain.refusals import Invalid
from treno_chat.domain.words import Language

MAX_TITLE = 100
TITLE_FROM_WORDS = 50
PAGE_SIZE = 50
MAX_CONVERSATIONS = 200
MAX_UTTERANCES = 1000
RATINGS = (1, -1, None)
# The engine of what is told in the name of the staff: it stands with a question, and answers none.
STAFF = "staff"


class Role(StrEnum):
    """Who says something in a conversation."""

    USER = "user"
    ASSISTANT = "assistant"


class UtteranceStatus(StrEnum):
    """Whether it was said, only tried, or stopped half-way: what was there by then is kept."""

    SAID = "said"
    FAILED = "failed"
    STOPPED = "stopped"


@dataclass(frozen=True, kw_only=True, slots=True)
class Conversation:
    """A conversation; its title is empty until it is named or something is said."""

    id: ConversationId
    title: str
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """A passage that an answer quotes; `position` is the number of the paragraph on its page."""

    title: str
    snippet: str
    position: str = ""
    slug: str = ""
    language: Language | None = None
    updated: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Utterance:
    """A question or its answer; `seq` orders a conversation.

    What follows `answers_id` says of an answer how it came about, and of a question nothing:
    `place_id` whose pages it was looked for in, `is_degraded` that something better was away.
    """

    id: UtteranceId
    conversation_id: ConversationId
    seq: int
    client_id: str
    role: Role
    status: UtteranceStatus
    body: str
    said_at: datetime
    sources: tuple[Source, ...] = ()
    answers_id: UtteranceId | None = None
    place_id: PlaceId | None = None
    engine: str = ""
    latency_ms: int | None = None
    is_degraded: bool = False
    is_refusal: bool = False
    is_truncated: bool = False
    rating: int | None = None
    has_acted: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class ConversationPage:
    """A page of conversations, the one that was changed last first."""

    conversations: tuple[Conversation, ...]
    has_more: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class UtterancePage:
    """A page of a conversation, oldest first; `has_older` says whether more lie before it."""

    utterances: tuple[Utterance, ...]
    has_older: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Behind:
    """Where a list of conversations goes on: behind this one."""

    updated_at: datetime
    id: ConversationId


def clean_conversation_title(text: str) -> str:
    """Return the title as it is kept, or refuse it."""
    return clean_title(text, maximum=MAX_TITLE)


def require_rating(rating: int | None) -> int | None:
    """Return a rating as it is kept: right, wrong, or none given any more."""
    if rating not in RATINGS:
        raise Invalid("invalid_rating", field="rating")
    return rating


def title_from_words(body: str) -> str:
    """Return what a conversation is called after the first thing that is said in it."""
    return title_from(body, maximum=TITLE_FROM_WORDS)
