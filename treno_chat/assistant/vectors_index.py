"""A shelf as words and vectors: how near each passage is to a question, the measured formula."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from treno_chat.assistant.arithmetic import NDArray, np
from treno_chat.assistant.bm25 import bounded
from treno_chat.assistant.encoding import EncoderFault
from treno_chat.assistant.finding import Question, Scored
from treno_chat.assistant.passages import texts_of
from treno_chat.assistant.tokens import stems_in_any
from treno_chat.assistant.words_index import WordsIndex

# The order of the pages: how much the paragraph, its nearest detail and the very words weigh.
_ORDER = (0.4, 0.6, 0.2)
# Whether they answer at all: the paragraph, its nearest detail, and how much of the question
# consists of words that the place's pages use anywhere. A shared word alone must not answer.
_RELEVANCE = (0.3, 0.7, 0.2)
_WORDS_IN_SENTENCE = 0.4

Vectors = NDArray[np.float32]
_Numbers = NDArray[np.floating[Any]]


class VectorsIndex:
    """The passages of a shelf, and the vectors of all that is said in each."""

    def __init__(self, words: WordsIndex, texts: Sequence[str], vectors: Vectors) -> None:
        self._words = words
        self._vectors = vectors
        row = {text: at for at, text in enumerate(texts)}
        rows = [[row[text] for text in texts_of(each)] for each in words.passages]
        self._paragraphs = np.array([each[0] for each in rows], dtype=np.intp)
        self._details = np.array([at for each in rows for at in each[1:]], dtype=np.intp)
        lengths = [len(each) - 1 for each in rows]
        self._starts = np.cumsum([0, *lengths[:-1]], dtype=np.intp)

    def scored(self, asked: Vectors, question: Question) -> list[Scored]:
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

    def _sentences(self, at: int, details: Vectors, words: frozenset[str]) -> list[float]:
        """Return how well each sentence fits; of a passage's details they come first."""
        told = self._words.sentences(at, words)
        likes = details[self._starts[at] :][: len(told)]
        return [
            float(like) + _WORDS_IN_SENTENCE * tells
            for like, tells in zip(likes, told, strict=True)
        ]


def _weighed(
    weights: tuple[float, float, float], paragraph: _Numbers, detail: _Numbers, third: _Numbers
) -> _Numbers:
    return weights[0] * paragraph + weights[1] * detail + weights[2] * third


def vectors_of(raw: Sequence[bytes]) -> Vectors:
    """Return vectors as one table; raises EncoderFault if they are not of one length."""
    if len({len(each) for each in raw}) > 1:
        raise EncoderFault("vectors of several lengths")
    return np.array([np.frombuffer(each, dtype="<f4") for each in raw], dtype=np.float32)
