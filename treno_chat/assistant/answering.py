"""Answering with sentences of the best page: nothing is invented, every sentence has its mark."""

from collections.abc import Mapping, Sequence

from treno_chat.assistant.finding import Findings, Hit, Question, Retriever, Sentence
from treno_chat.assistant.languages import detect_language
from treno_chat.domain.assistant.answers import MAX_SNIPPET, Answer, Citation
from treno_chat.domain.assistant.pages import Shelf
from treno_chat.domain.words import Language, Words

ENGINE = "extractive@1"
# Two sentences hold the answer in most cases; when both are short there is room for a third.
FEW = 2
MANY = 3
SHORT = 260
# A page begins with what matters most.
_LEAD = 0.1


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
        language = detect_language(text, otherwise=screen)
        question = Question(text=text, language=language, cited=cited)
        found = self._retriever.find(question, shelf)
        return Answer(
            text=self._say(found, self._words[language]) if shelf.pages else self._empty(language),
            sources=tuple(_citation(hit) for hit in found.hits),
            engine=f"{ENGINE}+{found.engine}",
            language=language,
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

    def _empty(self, language: Language) -> str:
        return self._words[language].say("assistant.nothing")


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
        snippet=_snippet(hit.passage.text),
        language=hit.page.language,
        score=round(hit.score, 3),
        updated=hit.page.updated,
    )


def _snippet(text: str) -> str:
    """Return the beginning of a paragraph, cut between two words."""
    if len(text) <= MAX_SNIPPET:
        return text
    return text[: MAX_SNIPPET - 1].rsplit(" ", 1)[0].rstrip(",;:") + "…"
