"""What the desk of a place shows: flat, moments in milliseconds for the browser."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time

from treno_chat.domain.assistant.open_questions import OpenQuestion
from treno_chat.domain.assistant.own_pages import MAX_ALIASES, MAX_TITLE, WrittenPage
from treno_chat.domain.assistant.titles import title_from
from treno_chat.web.items import milliseconds

TOPIC = "aboard"


@dataclass(frozen=True, kw_only=True, slots=True)
class QuestionCard:
    """A question that waits; `asker` is empty unless it was handed over."""

    id: str = ""
    kind: str = ""
    body: str = ""
    asker: str = ""
    also: list[str] = field(default_factory=list[str])
    times: int = 1
    at: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class PageCard:
    """A page in the list."""

    slug: str = ""
    language: str = ""
    title: str = ""
    at: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class DraftCard:
    """What is being written; `key` tells one from the next, and is empty when nothing is.

    `version` is that of the page when it was opened. `is_settled` and `is_changed`: while it was
    being written, somebody else settled what it answers, or changed or deleted the page.
    """

    key: str = ""
    answers: str = ""
    slug: str = ""
    language: str = ""
    title: str = ""
    topic: str = TOPIC
    aliases: str = ""
    body: str = ""
    version: str = ""
    is_settled: bool = False
    is_changed: bool = False


def question_card(question: OpenQuestion) -> QuestionCard:
    """Return what the list shows of a question; without a name it is of a day alone."""
    asked_at = question.asked_at
    if question.asker is None:
        asked_at = _noon(asked_at.date())
    return QuestionCard(
        id=question.id,
        kind=question.kind.value,
        body=question.body,
        asker="" if question.asker is None else question.asker.alias,
        also=[kind.value for kind in question.also],
        times=question.times,
        at=milliseconds(asked_at),
    )


def page_card(page: WrittenPage) -> PageCard:
    """Return what the list shows of a page."""
    return PageCard(
        slug=page.slug,
        language=page.language,
        title=page.title,
        at=milliseconds(_noon(page.updated)),
    )


def draft_of_page(page: WrittenPage) -> DraftCard:
    """Return a page to be written differently."""
    return DraftCard(
        key=f"{page.language}/{page.slug}",
        slug=page.slug,
        language=page.language,
        title=page.title,
        topic=page.topic,
        aliases=page.aliases,
        body=page.body,
        version=page.version,
    )


def draft_of_question(question: OpenQuestion) -> DraftCard:
    """Return the beginning of a page that answers a question: it is found by these very words."""
    asked = " ".join(question.body.replace(",", " ").split())
    return DraftCard(
        key=question.id,
        answers=question.id,
        language=question.language,
        title=title_from(question.body, maximum=MAX_TITLE),
        aliases=title_from(asked, maximum=MAX_ALIASES),
    )


def _noon(day: date) -> datetime:
    # So that it is the same day everywhere.
    return datetime.combine(day, time(12), UTC)
