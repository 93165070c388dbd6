"""Answers: what the assistant says, and the pages that it takes it from."""

from dataclasses import dataclass
from datetime import date

from treno_chat.domain.words import Language

MAX_SNIPPET = 150


@dataclass(frozen=True, kw_only=True, slots=True)
class Citation:
    """A page that an answer quotes, or that is nearest when there is no answer.

    `position` is the number of the quoted paragraph on it.
    """

    slug: str
    title: str
    snippet: str
    language: Language
    score: float
    updated: date
    position: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """What is said: sentences with the marks of their sources, or an honest refusal.

    `language` is that of the question; a source says its own.
    """

    text: str
    sources: tuple[Citation, ...]
    engine: str
    language: Language
    is_refusal: bool = False
    is_degraded: bool = False


def snippet_of(text: str) -> str:
    """Return the beginning of a paragraph, cut between two words."""
    if len(text) <= MAX_SNIPPET:
        return text
    return text[: MAX_SNIPPET - 1].rsplit(" ", 1)[0].rstrip(",;:") + "…"
