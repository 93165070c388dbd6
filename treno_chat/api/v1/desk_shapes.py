"""How the desk of a place looks in the API: its own pages, and the questions that wait."""

from datetime import date, datetime
from typing import Any, Literal

from pydantic import ConfigDict, Field

from treno_chat.api.v1.shapes import NOT_EMPTY, Asked, Told
from treno_chat.domain.assistant.open_questions import OpenQuestion
from treno_chat.domain.assistant.own_pages import (
    MAX_ALIASES,
    MAX_PAGE,
    MAX_SLUG,
    MAX_TITLE,
    PageDraft,
    WrittenPage,
)
from treno_chat.domain.words import Language

_PAGE: dict[str, Any] = {
    "slug": "bar",
    "language": "it",
    "title": "Il bar di bordo",
    "topic": "aboard",
    "aliases": "caffè, panini",
    "body": "Il bar è nella carrozza 5.",
}
_VERSION = "01941f29-7c00-7000-8000-0242ac120006"
_TOLD = _PAGE | {"updated": "2026-11-21", "version": _VERSION}
_QUESTION: dict[str, Any] = {
    "id": "01941f29-7c00-7000-8000-0242ac120005",
    "kind": "handed_over",
    "content": "C’è un barbiere?",
    "language": "it",
    "times": 1,
    "asked_at": "2026-11-21T08:30:00Z",
    "asked_by": "Ada",
    "also": ["unanswered"],
}


class PageAsked(Asked):
    """A page of the place's own, whole; it takes the place of the one of its name."""

    model_config = ConfigDict(json_schema_extra={"examples": [_PAGE]})

    slug: str = Field(
        description=f"Its name: small letters, digits and single hyphens, up to {MAX_SLUG}",
        json_schema_extra=NOT_EMPTY,
    )
    language: str = Field(description="`it` or `en`", json_schema_extra={"enum": ["it", "en"]})
    title: str = Field(
        description=f"1 to {MAX_TITLE} characters on one line", json_schema_extra=NOT_EMPTY
    )
    topic: str = Field(default="aboard", description="What kind of page it is, written as a slug")
    aliases: str = Field(
        default="",
        description=f"Other words for it, with commas between, up to {MAX_ALIASES} characters;"
        " looked for and never shown",
    )
    body: str = Field(
        description=f"Markdown, up to {MAX_PAGE} characters", json_schema_extra=NOT_EMPTY
    )
    answers: str | None = Field(
        default=None, max_length=64, description="The open question that it answers, if it does"
    )
    replaces: str | None = Field(
        default=None,
        max_length=64,
        description="The `version` of the page in whose place it comes, empty for a page that is"
        " new: what a colleague wrote meanwhile is then not written over. Without it, whatever is"
        " there is replaced",
    )


class PageTold(Told):
    """A page of the place's own, as it is written; `version` is another after every change."""

    model_config = ConfigDict(frozen=True, json_schema_extra={"examples": [_TOLD]})

    slug: str
    language: Language
    title: str
    topic: str
    aliases: str
    body: str
    updated: date
    version: str


class PagesTold(Told):
    """All of them, by name."""

    model_config = ConfigDict(frozen=True, json_schema_extra={"examples": [{"items": [_TOLD]}]})

    items: list[PageTold]


class QuestionTold(Told):
    """A question that waits; `asked_by` is told only of those that were handed over.

    Of these `also` says why the same question waits without a name: it is listed once.
    """

    model_config = ConfigDict(frozen=True, json_schema_extra={"examples": [_QUESTION]})

    id: str
    kind: Literal["unanswered", "wrong", "handed_over"]
    content: str
    language: Language
    times: int
    asked_at: datetime
    asked_by: str | None
    also: list[Literal["unanswered", "wrong", "handed_over"]]


class QuestionsTold(Told):
    """Those that were handed over first, then what was asked last."""

    model_config = ConfigDict(
        frozen=True, json_schema_extra={"examples": [{"items": [_QUESTION], "has_more": False}]}
    )

    items: list[QuestionTold]
    has_more: bool


def draft_of(asked: PageAsked) -> PageDraft:
    """Return what was typed."""
    return PageDraft(**asked.model_dump(exclude={"answers", "replaces"}))


def page_told(page: WrittenPage) -> PageTold:
    """Return a page as the API tells it."""
    return PageTold(
        slug=page.slug,
        language=page.language,
        title=page.title,
        topic=page.topic,
        aliases=page.aliases,
        body=page.body,
        updated=page.updated,
        version=page.version,
    )


def question_told(question: OpenQuestion) -> QuestionTold:
    """Return a question as the API tells it."""
    return QuestionTold(
        id=question.id,
        kind=question.kind.value,
        content=question.body,
        language=question.language,
        times=question.times,
        asked_at=question.asked_at,
        asked_by=question.asker and question.asker.alias,
        also=[kind.value for kind in question.also],
    )
