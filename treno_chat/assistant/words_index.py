"""The passages of a shelf as words: what both retrievers know of them."""

from collections.abc import Collection, Sequence

from treno_chat.assistant.bm25 import Bm25, bounded
from treno_chat.assistant.passages import passages_of
from treno_chat.assistant.tokens import stems_of
from treno_chat.domain.assistant.pages import Passage, Shelf
from treno_chat.domain.words import Language

_NEITHER = 0.5


class WordsIndex:
    """The passages, and the words that stand in each, in its page's title and its aliases."""

    def __init__(self, shelf: Shelf) -> None:
        self.passages = tuple(part for page in shelf.pages for part in passages_of(page))
        stems = [_stems(each) for each in self.passages]
        self._words = Bm25(stems)
        self._stems = [frozenset(each) for each in stems]
        self._known = _by_language(self.passages, self._stems)
        self._sentences = tuple(
            tuple(frozenset(stems_of(text, each.page.language)) for text in each.sentences)
            for each in self.passages
        )

    def scores(self, question: Collection[str]) -> list[float]:
        """Return how well the words of a question stand in each passage."""
        return self._words.scores(question)

    def coverage(self, index: int, asked: frozenset[str]) -> float:
        """Return how much of what some words tell stands in a passage, between 0 and 1."""
        whole = self._weigh(asked)
        return self._weigh(asked & self._stems[index]) / whole if whole else 0.0

    def familiarity(self, question: str, language: Language) -> float:
        """Return how much of what a question tells is told anywhere in its language's pages.

        Where there are no pages in its language nothing speaks for it and nothing against.
        """
        known = self._known.get(language)
        asked = frozenset(stems_of(question, language))
        whole = self._weigh(asked)
        if known is None or not whole:
            return _NEITHER
        return self._weigh(asked & known) / whole

    def sentences(self, index: int, question: frozenset[str]) -> tuple[float, ...]:
        """Return what the words tell that a question shares with each sentence, from 0 to 1."""
        return tuple(bounded(self._weigh(stems & question)) for stems in self._sentences[index])

    def _weigh(self, stems: Collection[str]) -> float:
        return sum(map(self._words.weight, stems))


def _by_language(
    passages: Sequence[Passage], stems: Sequence[frozenset[str]]
) -> dict[Language, frozenset[str]]:
    known: dict[Language, frozenset[str]] = {}
    for passage, there in zip(passages, stems, strict=True):
        language = passage.page.language
        known[language] = known.get(language, frozenset()) | there
    return known


def _stems(passage: Passage) -> list[str]:
    page = passage.page
    return stems_of(" ".join((passage.text, page.title, *page.aliases)), page.language)
