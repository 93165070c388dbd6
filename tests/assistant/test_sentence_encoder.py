"""The encoder of the house: itself, or silent."""

import struct
import sys
from types import ModuleType

import numpy as np
import pytest
from numpy.typing import NDArray

from treno_chat.assistant.encoding import EncoderFault
from treno_chat.assistant.sentence_encoder import SentenceEncoder


@pytest.fixture(scope="module")
def encoder() -> SentenceEncoder:
    """The real one."""
    return SentenceEncoder()


def _likeness(encoder: SentenceEncoder, one: str, other: str) -> float:
    first, second = (struct.unpack("<512f", each) for each in encoder.encode([one, other]))
    return sum(a * b for a, b in zip(first, second, strict=True))


def test_what_means_the_same_is_near_in_both_languages(encoder: SentenceEncoder) -> None:
    same = _likeness(encoder, "Dove posso lasciare la bici?", "Where can I put my bicycle?")
    other = _likeness(encoder, "Dove posso lasciare la bici?", "Who wrote this poem?")

    assert same > 0.6
    assert other < 0.3


def test_a_vector_is_one_long(encoder: SentenceEncoder) -> None:
    assert _likeness(encoder, "Ciao", "Ciao") == pytest.approx(1, abs=1e-3)
    assert encoder.encode([]) == []


def test_without_its_package_it_is_silent() -> None:
    with pytest.raises(EncoderFault, match="not installed"):
        SentenceEncoder("no_such_package").encode(["Ciao"])


def test_other_weights_do_not_pass_the_self_test(monkeypatch: pytest.MonkeyPatch) -> None:
    loads: list[int] = []

    class Impostor:
        def __init__(self, threads: int) -> None:
            loads.append(threads)

        def encode(self, texts: list[str]) -> NDArray[np.float32]:
            return np.ones((len(texts), 1), dtype=np.float32)

    package = ModuleType("impostor")
    package.__dict__["USE"] = Impostor
    monkeypatch.setitem(sys.modules, "impostor", package)
    encoder = SentenceEncoder("impostor")

    for _ in range(2):
        with pytest.raises(EncoderFault, match="self-test"):
            encoder.encode(["Ciao"])
    assert loads == [1]
