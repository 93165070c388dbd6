"""Finding pages by what they mean, with a bonus for the very words."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from time import monotonic

from treno_chat.assistant.batches import Batches
from treno_chat.assistant.encoding import (
    Encoder,
    KeptVectors,
    OneThread,
    VectorsInMemory,
)
from treno_chat.assistant.finding import Findings, Question, found
from treno_chat.assistant.passages import hash_of, texts_of
from treno_chat.assistant.readings import gist_of, readings_of
from treno_chat.assistant.vectors_index import Vectors, VectorsIndex, vectors_of
from treno_chat.assistant.words_index import WordsIndex
from treno_chat.domain.assistant.pages import Shelf

ENGINE = "hybrid@1"
# Below this relevance the pages do not speak of what is asked; measured with the golden set.
THRESHOLD = 0.42
PATIENCE_SECONDS = 1.0
# Of the time that is left: whoever words what is found needs some as well.
_SHARE = 0.5
FIRST_READING_SECONDS = 120.0

_KEPT = 32


class HybridRetriever:
    """Vectors of paragraphs, sentences, titles and aliases; one thread makes them all."""

    def __init__(
        self,
        encoder: Encoder,
        *,
        kept: KeptVectors | None = None,
        threshold: float = THRESHOLD,
        patience: float = PATIENCE_SECONDS,
    ) -> None:
        self._encoder = encoder
        self._kept = kept or VectorsInMemory()
        self._threshold = threshold
        self._patience = patience
        self._thread = OneThread()
        self._questions = Batches(self._thread, self._find_all)
        self._index = lru_cache(maxsize=_KEPT)(self._read)

    def find(self, question: Question, shelf: Shelf) -> Findings:
        """Return the pages nearest in meaning; raises EncoderFault when that cannot be said."""
        left = max(0.0, question.until - monotonic())
        # All of it on the one thread: fifty that compare would only keep it from encoding.
        return self._questions.ask((question, shelf), patience=min(self._patience, left * _SHARE))

    def prepare(self, shelf: Shelf) -> None:
        """Read a shelf before anybody asks; raises EncoderFault."""
        self._thread.ask(lambda: self._index(shelf), patience=FIRST_READING_SECONDS)

    def close(self) -> None:
        """Let go of the thread, and then of what it worked with."""
        self._thread.close()
        self._encoder.close()

    def _find_all(self, asked: Sequence[tuple[Question, Shelf]]) -> Iterator[Findings]:
        read = [readings_of(question.text) for question, _ in asked]
        texts = [gist_of(text) for readings in read for text in readings]
        vectors = iter(vectors_of(self._encoder.encode(texts)))
        for (question, shelf), readings in zip(asked, read, strict=True):
            whole, *clauses = [
                (replace(question, text=text), next(vectors), shelf) for text in readings
            ]
            findings = self._found(*whole)
            if not findings.is_relevant:
                findings = _best_of([self._found(*each) for each in clauses], otherwise=findings)
            yield findings

    def _found(self, question: Question, vector: Vectors, shelf: Shelf) -> Findings:
        scored = self._index(shelf).scored(vector, question)
        return found(question, scored, threshold=self._threshold, engine=ENGINE)

    def _read(self, shelf: Shelf) -> VectorsIndex:
        words = WordsIndex(shelf)
        texts = list(dict.fromkeys(text for each in words.passages for text in texts_of(each)))
        return VectorsIndex(words, texts, vectors_of(self._encode_once(texts)))

    def _encode_once(self, texts: Sequence[str]) -> list[bytes]:
        hashes = [hash_of(text) for text in texts]
        vectors = dict(self._kept.find(self._encoder.model, hashes))
        new = [each for each in zip(hashes, texts, strict=True) if each[0] not in vectors]
        made = self._encoder.encode([text for _, text in new])
        fresh = dict(zip((each for each, _ in new), made, strict=True))
        if fresh:
            self._kept.keep(self._encoder.model, fresh)
        vectors |= fresh
        return [vectors[each] for each in hashes]


def _best_of(clauses: Sequence[Findings], *, otherwise: Findings) -> Findings:
    """Return what answers a clause best, for a question that as a whole nothing answers."""
    answering = [each for each in clauses if each.is_relevant]
    return max(answering, key=lambda each: each.hits[0].relevance, default=otherwise)
