"""What a retriever is asked, what it finds, and how passages become pages in an order."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import inf
from typing import Protocol

from treno_chat.assistant.emergencies import urgent_slug
from treno_chat.domain.assistant.pages import Page, Passage, Shelf
from treno_chat.domain.words import Language

# Measured: with these two the page in the asker's language, and on the topic, comes first; with
# more of the second a new topic is no longer noticed.
LANGUAGE_PRIOR = 0.06
TOPIC_PRIOR = 0.25
# What a page needs less to answer a follow-up. With more of it, unrelated questions are answered
# from the page before: of a hundred 5 at 0.15, 28 at 0.25.
TOPIC_LENIENCY = 0.15
# No other page comes before that of emergencies when the words leave no doubt.
URGENT_PRIOR = 1.0
MOST = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """What is looked for; `cited` is the page that the last answer was taken from.

    `until` is the moment, by `time.monotonic`, at which the whole answer is due.
    """

    text: str
    language: Language
    cited: str | None = None
    until: float = inf


@dataclass(frozen=True, kw_only=True, slots=True)
class Sentence:
    """A sentence of a page that was found, and how well it fits."""

    passage: int
    text: str
    score: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Hit:
    """A page that was found, the paragraph that fits best, and all its sentences."""

    page: Page
    passage: Passage
    score: float
    relevance: float
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Findings:
    """The best pages, each topic once; whether the first is good enough to answer from."""

    hits: tuple[Hit, ...]
    is_relevant: bool
    engine: str
    is_degraded: bool = False


class Retriever(Protocol):
    """Whoever finds pages."""

    def find(self, question: Question, shelf: Shelf) -> Findings:
        """Return the pages of a shelf that a question is about, the best first."""
        ...

    def prepare(self, shelf: Shelf) -> None:
        """Read a shelf before anybody asks; it may take seconds."""
        ...

    def close(self) -> None:
        """Let go of threads."""
        ...


@dataclass(frozen=True, kw_only=True, slots=True)
class Scored:
    """A passage as a retriever sees it: `score` orders, `relevance` says whether it answers.

    How well its sentences fit is asked only of pages that are shown.
    """

    passage: Passage
    score: float
    relevance: float
    sentences: Callable[[], Sequence[float]]


def found(
    question: Question, scored: Sequence[Scored], *, threshold: float, engine: str
) -> Findings:
    """Return the best pages in order, and whether they speak of what is asked."""
    urgent = urgent_slug(question.text)
    hits = _best_pages(question, scored, urgent)
    is_relevant = any(
        hit.page.slug == urgent
        or hit.relevance + TOPIC_LENIENCY * (hit.page.slug == question.cited) >= threshold
        for hit in hits[:1]
    )
    return Findings(hits=hits, is_relevant=is_relevant, engine=engine)


def _best_pages(
    question: Question, scored: Sequence[Scored], urgent: str | None
) -> tuple[Hit, ...]:
    """Return each topic once; a page that exists in the asker's language is shown so."""
    best: dict[str, Scored] = {}
    for each in sorted(scored, key=lambda one: _with_priors(question, one, urgent), reverse=True):
        best.setdefault(each.passage.page.slug, each)
    return tuple(
        _hit(question, first, [one for one in scored if one.passage.page.slug == slug])
        for slug, first in list(best.items())[:MOST]
    )


def _with_priors(question: Question, scored: Scored, urgent: str | None) -> float:
    page = scored.passage.page
    prior = LANGUAGE_PRIOR * (page.language == question.language)
    prior += URGENT_PRIOR * (page.slug == urgent)
    return scored.score + prior + TOPIC_PRIOR * (page.slug == question.cited)


def _hit(question: Question, first: Scored, twins: Sequence[Scored]) -> Hit:
    """Return the page of the best passage, or its twin in the asker's language."""
    own = [one for one in twins if one.passage.page.language == question.language]
    shown = max(own, key=lambda one: one.score) if own else first
    page = shown.passage.page
    return Hit(
        page=page,
        passage=shown.passage,
        score=first.score,
        relevance=first.relevance,
        sentences=tuple(
            Sentence(passage=one.passage.position, text=text, score=score)
            for one in twins
            if one.passage.page is page
            for text, score in zip(one.passage.sentences, one.sentences(), strict=True)
        ),
    )
