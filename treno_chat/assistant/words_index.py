"""The passages of a shelf as words: what both retrievers know of them."""

from collections.abc import Collection

from treno_chat.assistant.bm25 import Bm25
from treno_chat.assistant.passages import passages_of
from treno_chat.assistant.tokens import stems_of
from treno_chat.domain.pages import Passage, Shelf


class WordsIndex:
    """The passages, and the words that stand in each, in its page's title and its aliases."""

    def __init__(self, shelf: Shelf) -> None:
        self.passages = tuple(part for page in shelf.pages for part in passages_of(page))
        stems = [_stems(each) for each in self.passages]
        self._words = Bm25(stems)
        self._stems = [frozenset(each) for each in stems]
        self._sentences = tuple(
            tuple(frozenset(stems_of(text, each.page.language)) for text in each.sentences)
            for each in self.passages
        )

    def scores(self, question: Collection[str]) -> list[float]:
        """Return how well the words of a question stand in each passage."""
        return self._words.scores(question)

    def coverage(self, index: int, question: str) -> float:
        """Return how much of what a question tells stands in a passage, between 0 and 1."""
        asked = frozenset(stems_of(question, self.passages[index].page.language))
        whole = self._weigh(asked)
        return self._weigh(asked & self._stems[index]) / whole if whole else 0.0

    def sentences(self, index: int, question: frozenset[str]) -> tuple[float, ...]:
        """Return what the words tell that a question shares with each sentence of a passage."""
        return tuple(self._weigh(stems & question) for stems in self._sentences[index])

    def _weigh(self, stems: Collection[str]) -> float:
        return sum(map(self._words.weight, stems))


def _stems(passage: Passage) -> list[str]:
    page = passage.page
    return stems_of(" ".join((passage.text, page.title, *page.aliases)), page.language)
