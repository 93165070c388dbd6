"""How answers are asked for in the API, and the pages that they come from."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field

from treno_chat.api.v1.conversation_shapes import ANSWER, CONVERSATION, QUESTION, UtteranceTold
from treno_chat.api.v1.shapes import NOT_EMPTY, Asked, ClientId, Told
from treno_chat.assistant.passages import passages_of
from treno_chat.domain.assistant.pages import Page
from treno_chat.domain.words import Language

_RUN: dict[str, Any] = {"message": "Quando arriviamo?"}
_RAN: dict[str, Any] = {
    "conversation_id": CONVERSATION["id"],
    "question": QUESTION,
    "answer": ANSWER,
}
_PAGE: dict[str, Any] = {
    "slug": "arrivals",
    "title": "Quando arriva il treno",
    "language": "it",
    "topic": "journey",
    "updated": "2026-11-02",
    "paragraphs": ["Gli orari di arrivo sono sul cartello di ogni carrozza."],
}


class AnswerAsked(Asked):
    """An answer that is wanted; `again` has one written anew for the same question."""

    model_config = ConfigDict(json_schema_extra={"examples": [{}, {"again": True}]})

    again: bool = False


class RatingAsked(Asked):
    """Whether an answer was right; nothing takes it back."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"rating": 1}, {"rating": None}]})

    rating: Annotated[Literal[1, -1] | None, Field(description="1 right, -1 wrong")]


class RunAsked(Asked):
    """A question; without a conversation it begins one."""

    model_config = ConfigDict(json_schema_extra={"examples": [_RUN]})

    message: str = Field(
        description="1 to 1000 characters, as a reader counts them", json_schema_extra=NOT_EMPTY
    )
    conversation_id: Annotated[
        str | None, Field(description="Where it is said; a new one without it", max_length=64)
    ] = None
    client_id: ClientId = None


class RunTold(Told):
    """What was asked, what was answered, and where both are kept."""

    model_config = ConfigDict(frozen=True, json_schema_extra={"examples": [_RAN]})

    conversation_id: str
    question: UtteranceTold
    answer: UtteranceTold


class GuidePageTold(Told):
    """A page of the place; a source's `position` is the number of a paragraph in it."""

    model_config = ConfigDict(frozen=True, json_schema_extra={"examples": [_PAGE]})

    slug: str
    title: str
    language: Language
    topic: str
    updated: date
    paragraphs: list[str]


def guide_page_told(page: Page) -> GuidePageTold:
    """Return a page as the API tells it: its paragraphs as they are quoted."""
    return GuidePageTold(
        slug=page.slug,
        title=page.title,
        language=page.language,
        topic=page.topic,
        updated=page.updated,
        paragraphs=[passage.text for passage in passages_of(page)],
    )
