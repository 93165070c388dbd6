"""Finding pages by what they mean, with a bonus for the very words: the measured formula."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache, partial
from time import monotonic
from typing import Any

from treno_chat.assistant.arithmetic import NDArray, np
from treno_chat.assistant.batches import Batches
from treno_chat.assistant.bm25 import bounded
from treno_chat.assistant.encoding import (
    Encoder,
    EncoderFault,
    KeptVectors,
    OneThread,
    VectorsInMemory,
)
from treno_chat.assistant.finding import Findings, Question, Scored, found
from treno_chat.assistant.passages import hash_of, texts_of
from treno_chat.assistant.readings import gist_of, readings_of
from treno_chat.assistant.tokens import stems_in_any
from treno_chat.assistant.words_index import WordsIndex
from treno_chat.domain.assistant.pages import Shelf

ENGINE = "hybrid@1"
# Below this relevance the pages do not speak of what is asked; measured with the golden set.
THRESHOLD = 0.42
PATIENCE_SECONDS = 1.0
# Of the time that is left: whoever words what is found needs some as well.
_SHARE = 0.5
FIRST_READING_SECONDS = 120.0

# The order of the pages: how much the paragraph, its nearest detail and the very words weigh.
_ORDER = (0.4, 0.6, 0.2)
# Whether they answer at all: the paragraph, its nearest detail, and how much of the question
# consists of words that the place's pages use anywhere. A shared word alone must not answer.
_RELEVANCE = (0.3, 0.7, 0.2)
_WORDS_IN_SENTENCE = 0.4

_KEPT = 32

_Vectors = NDArray[np.float32]
_Numbers = NDArray[np.floating[Any]]


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
        vectors = iter(_vectors(self._encoder.encode(texts)))
        for (question, shelf), readings in zip(asked, read, strict=True):
            whole, *clauses = (
                self._found(replace(question, text=text), next(vectors), shelf) for text in readings
            )
            yield whole if whole.is_relevant else _best_of(clauses, otherwise=whole)

    def _found(self, question: Question, vector: _Vectors, shelf: Shelf) -> Findings:
        scored = self._index(shelf).scored(vector, question)
        return found(question, scored, threshold=self._threshold, engine=ENGINE)

    def _read(self, shelf: Shelf) -> "_Index":
        words = WordsIndex(shelf)
        texts = list(dict.fromkeys(text for each in words.passages for text in texts_of(each)))
        return _Index(words, texts, _vectors(self._encode_once(texts)))

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


class _Index:
    """A shelf as words and vectors."""

    def __init__(self, words: WordsIndex, texts: Sequence[str], vectors: _Vectors) -> None:
        self._words = words
        self._vectors = vectors
        row = {text: at for at, text in enumerate(texts)}
        rows = [[row[text] for text in texts_of(each)] for each in words.passages]
        self._paragraphs = np.array([each[0] for each in rows], dtype=np.intp)
        self._details = np.array([at for each in rows for at in each[1:]], dtype=np.intp)
        lengths = [len(each) - 1 for each in rows]
        self._starts = np.cumsum([0, *lengths[:-1]], dtype=np.intp)

    def scored(self, asked: _Vectors, question: Question) -> list[Scored]:
        """Return the score of every passage; `asked` is the question's vector."""
        if not self._words.passages:
            return []
        if asked.shape != self._vectors.shape[1:]:
            raise EncoderFault("a vector of another length")
        near = self._vectors @ asked
        words = stems_in_any(question.text)
        paragraphs, details = near[self._paragraphs], near[self._details]
        nearest = np.maximum.reduceat(details, self._starts)
        bonus = np.array([bounded(score) for score in self._words.scores(words)])
        familiar = self._words.familiarity(question.text, question.language)
        scores = _weighed(_ORDER, paragraphs, nearest, bonus)
        relevances = _weighed(_RELEVANCE, paragraphs, nearest, np.full(len(bonus), familiar))
        return [
            Scored(
                passage=passage,
                score=float(scores[at]),
                relevance=float(relevances[at]),
                sentences=partial(self._sentences, at, details, words),
            )
            for at, passage in enumerate(self._words.passages)
        ]

    def _sentences(self, at: int, details: _Vectors, words: frozenset[str]) -> list[float]:
        """Return how well each sentence fits; of a passage's details they come first."""
        told = self._words.sentences(at, words)
        likes = details[self._starts[at] :][: len(told)]
        return [
            float(like) + _WORDS_IN_SENTENCE * tells
            for like, tells in zip(likes, told, strict=True)
        ]


def _best_of(clauses: Sequence[Findings], *, otherwise: Findings) -> Findings:
    """Return what answers a clause best, for a question that as a whole nothing answers."""
    answering = [each for each in clauses if each.is_relevant]
    return max(answering, key=lambda each: each.hits[0].relevance, default=otherwise)


def _weighed(
    weights: tuple[float, float, float], paragraph: _Numbers, detail: _Numbers, third: _Numbers
) -> _Numbers:
    return weights[0] * paragraph + weights[1] * detail + weights[2] * third


def _vectors(raw: Sequence[bytes]) -> _Vectors:
    if len({len(each) for each in raw}) > 1:
        raise EncoderFault("vectors of several lengths")
    return np.array([np.frombuffer(each, dtype="<f4") for each in raw], dtype=np.float32)
