"""BM25: how well the rare words of a question stand in each of some texts."""

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence

_K1 = 1.5
_B = 0.75
_HALF = 4.0


class Bm25:
    """Texts as bags of stems, ready to be looked through."""

    def __init__(self, texts: Sequence[Sequence[str]]) -> None:
        self._size = len(texts)
        self._found: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
        mean = sum(map(len, texts)) / max(1, self._size) or 1.0
        for index, text in enumerate(texts):
            room = _K1 * (1 - _B + _B * len(text) / mean)
            for stem, count in Counter(text).items():
                self._found[stem].append((index, count * (_K1 + 1) / (count + room)))

    def scores(self, question: Collection[str]) -> list[float]:
        """Return the score of each text, zero where no word of the question stands."""
        scores = [0.0] * self._size
        for stem in question:
            for index, share in self._found.get(stem, ()):
                scores[index] += self.weight(stem) * share
        return scores

    def weight(self, stem: str) -> float:
        """Return how much a stem tells: the rarer, the more; most when no text has it."""
        known = len(self._found.get(stem, ()))
        return math.log(1 + (self._size - known + 0.5) / (known + 0.5))


def bounded(score: float) -> float:
    """Return a score of BM25, which has no end, between 0 and 1."""
    return score / (score + _HALF)
