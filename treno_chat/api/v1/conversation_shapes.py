"""How conversations look in the API: what is asked, what is told."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field

from treno_chat.api.v1.shapes import NOT_EMPTY, Asked, ClientId, Told
from treno_chat.domain.assistant.conversations import (
    MAX_TITLE,
    Conversation,
    Role,
    Source,
    Utterance,
    UtteranceStatus,
)
from treno_chat.domain.words import Language

CONVERSATION: dict[str, Any] = {
    "id": "01941f29-7c00-7000-8000-0242ac120006",
    "title": "Quando arriviamo?",
    "created_at": "2026-11-21T08:30:00Z",
    "updated_at": "2026-11-21T08:31:00Z",
}
QUESTION: dict[str, Any] = {
    "id": "01941f29-7c00-7000-8000-0242ac120007",
    "conversation_id": CONVERSATION["id"],
    "seq": 1,
    "client_id": "6f1c1c1e-0b5f-4d0a-9a53-0d6f2f6f7b1a",
    "role": "user",
    "status": "said",
    "content": "Quando arriviamo?",
    "sources": [],
    "answers": None,
    "engine": "",
    "latency_ms": None,
    "is_degraded": False,
    "is_refusal": False,
    "is_truncated": False,
    "rating": None,
    "timestamp": "2026-11-21T08:31:00Z",
}
_SOURCE: dict[str, Any] = {
    "title": "Quando arriva il treno",
    "snippet": "Gli orari di arrivo sono sul cartello di ogni carrozza.",
    "position": "0",
    "slug": "arrivals",
    "language": "it",
    "updated": "2026-11-02",
}
ANSWER: dict[str, Any] = {
    **QUESTION,
    "id": "01941f29-7c00-7000-8000-0242ac120008",
    "seq": 2,
    "role": "assistant",
    "content": "Gli orari di arrivo sono sul cartello di ogni carrozza. [1]",
    "sources": [_SOURCE],
    "answers": QUESTION["id"],
    "engine": "extractive@1+hybrid@1",
    "latency_ms": 12,
}
_RATINGS: dict[int, Literal[1, -1]] = {1: 1, -1: -1}
_TITLE = f"1 to {MAX_TITLE} characters on one line, as a reader counts them"


class ConversationAsked(Asked):
    """A conversation to begin; without a title it takes its name from what is said first."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"title": "Orari"}, {}]})

    title: Annotated[str | None, Field(description=_TITLE)] = None


class ConversationRenamed(Asked):
    """What a conversation is to be called."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"title": "Orari"}]})

    title: str = Field(description=_TITLE, json_schema_extra=NOT_EMPTY)


class ConversationTold(Told):
    """A conversation; its title is empty until it is named or something is said."""

    model_config = ConfigDict(frozen=True, json_schema_extra={"examples": [CONVERSATION]})

    id: str
    title: str
    created_at: datetime
    updated_at: datetime


class UtteranceAsked(Asked):
    """What is to be said; under the same client id again it changes nothing."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"content": QUESTION["content"], "client_id": QUESTION["client_id"]}]
        }
    )

    content: str = Field(
        description="1 to 1000 characters, as a reader counts them", json_schema_extra=NOT_EMPTY
    )
    role: Literal["user"] = Field(default="user", description="Nobody else speaks through here")
    client_id: ClientId = None


class SourceTold(Told):
    """A passage that an answer quotes; `GET /guide/{slug}` has the whole page."""

    model_config = ConfigDict(frozen=True, json_schema_extra={"examples": [_SOURCE]})

    title: str
    snippet: str
    position: str = Field(description="The number of the paragraph on its page, from 0")
    slug: str
    language: Language | None = Field(description="That of the page")
    updated: date | None = Field(description="When the page was written last")


class UtteranceTold(Told):
    """A question or its answer."""

    model_config = ConfigDict(frozen=True, json_schema_extra={"examples": [QUESTION, ANSWER]})

    id: str
    conversation_id: str
    seq: int = Field(description="Its number in the conversation")
    client_id: str
    role: Role
    status: UtteranceStatus = Field(description="An answer that failed says so")
    content: str
    sources: list[SourceTold]
    answers: str | None = Field(description="The id of the question, where it is an answer")
    engine: str = Field(
        description="What answered; empty for a question. With `+uncited` at its end the answer"
        " does not mark which of its sources it is from"
    )
    latency_ms: int | None
    is_degraded: bool = Field(description="Whether something better was away")
    is_refusal: bool = Field(description="Whether the pages say nothing about it")
    is_truncated: bool = Field(description="Whether it was cut off")
    rating: Literal[1, -1] | None = Field(description="Whether the person found it right or wrong")
    timestamp: datetime


class UtterancesTold(Told):
    """A page of a conversation, the newest first."""

    model_config = ConfigDict(
        frozen=True, json_schema_extra={"examples": [{"items": [QUESTION], "next": None}]}
    )

    items: list[UtteranceTold]
    next: str | None = Field(description="The cursor of what was said before, if there is any")


def conversation_told(conversation: Conversation) -> ConversationTold:
    """Return a conversation as the API tells it."""
    return ConversationTold(
        id=conversation.id,
        title=conversation.title,
        created_at=conversation.created_at,
        updated_at=conversation.updated_at,
    )


def utterance_told(utterance: Utterance) -> UtteranceTold:
    """Return what was said as the API tells it."""
    return UtteranceTold(
        id=utterance.id,
        conversation_id=utterance.conversation_id,
        seq=utterance.seq,
        client_id=utterance.client_id,
        role=utterance.role,
        status=utterance.status,
        content=utterance.body,
        sources=[_source_told(each) for each in utterance.sources],
        answers=utterance.answers_id,
        engine=utterance.engine,
        latency_ms=utterance.latency_ms,
        is_degraded=utterance.is_degraded,
        is_refusal=utterance.is_refusal,
        is_truncated=utterance.is_truncated,
        rating=_RATINGS.get(utterance.rating or 0),
        timestamp=utterance.said_at,
    )


def _source_told(source: Source) -> SourceTold:
    return SourceTold(
        title=source.title,
        snippet=source.snippet,
        position=source.position,
        slug=source.slug,
        language=source.language,
        updated=source.updated,
    )
