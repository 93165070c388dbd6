"""Finding pages by their words alone: no arithmetic of meaning, nothing to load, no network."""

from functools import lru_cache, partial

from treno_chat.assistant.bm25 import bounded
from treno_chat.assistant.emergencies import urgent_slug
from treno_chat.assistant.finding import Findings, Question, Scored, found
from treno_chat.assistant.tokens import stems_of
from treno_chat.assistant.words_index import WordsIndex
from treno_chat.domain.assistant.pages import Shelf
from treno_chat.domain.words import LANGUAGES

ENGINE = "lexical@1"
# How much of what a question's words tell must stand on the page that answers it.
THRESHOLD = 0.45
_KEPT = 32


class LexicalRetriever:
    """The one that always works; it knows no paraphrase and no other language."""

    def __init__(self, *, threshold: float = THRESHOLD) -> None:
        self._threshold = threshold
        self._index = lru_cache(maxsize=_KEPT)(WordsIndex)

    def find(self, question: Question, shelf: Shelf) -> Findings:
        """Return the pages in which the rarest words of a question stand."""
        index = self._index(shelf)
        asked = {each: frozenset(stems_of(question.text, each)) for each in LANGUAGES}
        words = frozenset[str]().union(*asked.values())
        urgent = urgent_slug(question.text)
        scored = [
            Scored(
                passage=passage,
                score=bounded(score),
                relevance=index.coverage(at, asked[passage.page.language]),
                sentences=partial(index.sentences, at, words),
            )
            for at, (passage, score) in enumerate(
                zip(index.passages, index.scores(words), strict=True)
            )
            if score > 0 or passage.page.slug == urgent
        ]
        return found(question, scored, threshold=self._threshold, engine=ENGINE)

    def prepare(self, shelf: Shelf) -> None:
        """Read a shelf before anybody asks."""
        self._index(shelf)

    def close(self) -> None:
        """Have nothing to let go of."""
