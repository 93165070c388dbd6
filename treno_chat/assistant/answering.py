"""Answering with sentences of the best page: nothing is invented, every sentence has its mark."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import inf

from treno_chat.assistant.finding import Findings, Hit, Question, Retriever, Sentence
from treno_chat.assistant.languages import detect_language
from treno_chat.domain.assistant.answers import Answer, Citation, snippet_of
from treno_chat.domain.assistant.pages import Shelf
from treno_chat.domain.words import Language, Words

ENGINE = "extractive@1"
# Two sentences hold the answer in most cases; when both are short there is room for a third.
FEW = 2
MANY = 3
SHORT = 260
# A page begins with what matters most.
_LEAD = 0.1


@dataclass(frozen=True, kw_only=True, slots=True)
class LookedUp:
    """A question in its language, and what the pages say of it."""

    question: Question
    found: Findings
    is_shelf_empty: bool

    @property
    def citations(self) -> tuple[Citation, ...]:
        """The pages that were found, as they are quoted."""
        return tuple(_citation(hit) for hit in self.found.hits)


class Answerer:
    """Answers questions from a shelf, in the asker's language."""

    def __init__(self, retriever: Retriever, words: Mapping[Language, Words]) -> None:
        self._retriever = retriever
        self._words = words

    def answer(
        self, text: str, shelf: Shelf, *, screen: Language, cited: str | None = None
    ) -> Answer:
        """Return the answer to a question.

        `screen` is the language to fall back on; `cited` is the slug of the first source of the
        answer before, so that a short follow-up stays on its page.
        """
        return self.say(self.look_up(text, shelf, screen=screen, cited=cited))

    def look_up(
        self,
        text: str,
        shelf: Shelf,
        *,
        screen: Language,
        cited: str | None = None,
        until: float = inf,
    ) -> LookedUp:
        """Return what a shelf says of a question, before anything is put into words."""
        language = detect_language(text, otherwise=screen)
        question = Question(text=text, language=language, cited=cited, until=until)
        return LookedUp(
            question=question,
            found=self._retriever.find(question, shelf),
            is_shelf_empty=not shelf.pages,
        )

    def say(self, looked: LookedUp) -> Answer:
        """Return what was found in sentences of the pages, or an honest refusal."""
        found, words = looked.found, self._words[looked.question.language]
        empty = words.say("assistant.nothing") if looked.is_shelf_empty else ""
        return Answer(
            text=empty or self._say(found, words),
            sources=looked.citations,
            engine=f"{ENGINE}+{found.engine}",
            language=words.language,
            is_refusal=not found.is_relevant,
            is_degraded=found.is_degraded,
        )

    def _say(self, found: Findings, words: Words) -> str:
        if not found.is_relevant:
            return words.say("assistant.refusal_near" if found.hits else "assistant.refusal")
        best = found.hits[0]
        quoted = " ".join(f"{sentence.text} [1]" for sentence in pick_sentences(best))
        if best.page.language == words.language:
            return quoted
        return f"{words.say(f'assistant.only_{best.page.language}')} {quoted}"


def pick_sentences(hit: Hit) -> Sequence[Sentence]:
    """Return the sentences of a page that answer best, in the order in which they stand there."""
    ranked = sorted(
        enumerate(hit.sentences),
        key=lambda each: each[1].score + _LEAD * (each[0] == 0),
        reverse=True,
    )
    few = sum(len(sentence.text) for _, sentence in ranked[:FEW])
    chosen = ranked[: MANY if few < SHORT else FEW]
    return [sentence for _, sentence in sorted(chosen, key=lambda each: each[0])]


def _citation(hit: Hit) -> Citation:
    return Citation(
        slug=hit.page.slug,
        title=hit.page.title,
        snippet=snippet_of(hit.passage.text),
        language=hit.page.language,
        score=round(hit.score, 3),
        updated=hit.page.updated,
        position=hit.passage.position,
    )
