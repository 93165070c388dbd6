"""Open questions: what the pages of a place did not answer, or not well; its staff sees to it."""

import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

import regex

from treno_chat.domain.ids import OpenQuestionId, UserId, UtteranceId
from treno_chat.domain.words import Language

MAX_OPEN = 500
PAGE_SIZE = 50
# Nobody looks at it any more: what was settled, and what was left alone.
KEPT_SETTLED = timedelta(days=30)
KEPT_OPEN = timedelta(days=90)

_NOT_WORDS = regex.compile(r"[^\p{L}\p{N}]+")


class QuestionKind(StrEnum):
    """Why a question waits for staff."""

    UNANSWERED = "unanswered"
    WRONG = "wrong"
    HANDED_OVER = "handed_over"


@dataclass(frozen=True, kw_only=True, slots=True)
class Asker:
    """Whose question it is; told only of those that were handed over."""

    id: UserId
    alias: str


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenQuestion:
    """A question that waits, or has waited; `times` says how often it was asked.

    Of one that was handed over `also` says why it waits without a name as well.
    """

    id: OpenQuestionId
    kind: QuestionKind
    body: str
    language: Language
    times: int
    asked_at: datetime
    asker: Asker | None = None
    utterance_id: UtteranceId | None = None
    settled_at: datetime | None = None
    also: tuple[QuestionKind, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenQuestionPage:
    """A page of questions: who waits for an answer first, then what was asked last."""

    questions: tuple[OpenQuestion, ...]
    has_more: bool


def folded_question(body: str) -> str:
    """Return what two ways of typing the same question have in common."""
    letters = unicodedata.normalize("NFD", body.casefold())
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return _NOT_WORDS.sub(" ", bare).strip()
