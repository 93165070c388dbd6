"""Asking the golden set: what is found, what is answered, what is refused."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NotRequired, TypedDict

from treno_chat.assistant.answering import Answerer
from treno_chat.assistant.finding import Retriever
from treno_chat.domain.assistant.answers import Answer
from treno_chat.domain.assistant.pages import Shelf
from treno_chat.domain.words import Language, Words


class Asked(TypedDict):
    """A question; `pages` when the house has pages of that language alone."""

    lang: Language
    question: str
    slugs: NotRequired[list[str]]
    expect: NotRequired[list[str]]
    pages: NotRequired[Language]


class Golden(TypedDict):
    """Questions that the pages answer, and others.

    Of the others, `slugs` are pages that say that they do not know, and who does: to quote what
    they `expect` is as right as to refuse.
    """

    answerable: list[Asked]
    unanswerable: list[Asked]


@dataclass(frozen=True, kw_only=True, slots=True)
class Measured:
    """Shares of the questions, between 0 and 1."""

    found_it: float
    found_en: float
    found_across: float
    answered: float
    wrongly_refused: float
    wrongly_answered: float


def read_golden(name: str) -> Golden:
    """Return a set of questions."""
    return json.loads((Path(__file__).parent / f"{name}.json").read_text("utf-8"))


def measure(
    golden: Golden,
    retriever: Retriever,
    shelf: Shelf,
    *,
    shelves: Mapping[Language, Shelf],
    words: Mapping[Language, Words],
) -> Measured:
    """Ask everything, and count."""
    answerer = Answerer(retriever, words)

    def ask(asked: Asked) -> Answer:
        place = shelves[asked["pages"]] if "pages" in asked else shelf
        return answerer.answer(asked["question"], place, screen=asked["lang"])

    good = [(asked, ask(asked)) for asked in golden["answerable"]]
    bad = [(asked, ask(asked)) for asked in golden["unanswerable"]]
    own = [pair for pair in good if "pages" not in pair[0]]
    return Measured(
        found_it=_share([_is_found(*pair) for pair in own if pair[0]["lang"] == "it"]),
        found_en=_share([_is_found(*pair) for pair in own if pair[0]["lang"] == "en"]),
        found_across=_share([_is_found(*pair) for pair in good if "pages" in pair[0]]),
        answered=_share([_is_answered(*pair) for pair in good]),
        wrongly_refused=_share([answer.is_refusal for _, answer in good]),
        wrongly_answered=_share([not _is_honest(*pair) for pair in bad]),
    )


def _is_found(asked: Asked, answer: Answer) -> bool:
    return any(source.slug in asked.get("slugs", ()) for source in answer.sources)


def _is_answered(asked: Asked, answer: Answer) -> bool:
    said = answer.text.casefold()
    return not answer.is_refusal and any(
        each.casefold() in said for each in asked.get("expect", ())
    )


def _is_honest(asked: Asked, answer: Answer) -> bool:
    quotes = [source.slug for source in answer.sources[:1]]
    return answer.is_refusal or (
        quotes[0] in asked.get("slugs", ()) and _is_answered(asked, answer)
    )


def _share(outcomes: Sequence[bool]) -> float:
    return sum(outcomes) / len(outcomes) if outcomes else 1.0
