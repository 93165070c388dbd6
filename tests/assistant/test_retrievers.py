"""Retrievers: by meaning, by words, and the second in place of the first when it fails."""

import struct
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from threading import Event
from time import monotonic

import pytest

from tests.support.patience import PATIENCE
from treno_chat.assistant.bm25 import Bm25
from treno_chat.assistant.encoding import EncoderFault, OneThread, VectorsInMemory
from treno_chat.assistant.fallback import WithFallback
from treno_chat.assistant.finding import Question
from treno_chat.assistant.hybrid import HybridRetriever
from treno_chat.assistant.lexical import LexicalRetriever
from treno_chat.assistant.opening import Embeddings, RemoteModel, open_retriever
from treno_chat.domain.assistant.pages import Page, Shelf
from treno_chat.domain.words import Language


def _page(slug: str, title: str, body: str, language: Language = "en") -> Page:
    day = date(2026, 11, 21)
    return Page(slug=slug, title=title, language=language, topic="t", updated=day, body=body)


SHELF = Shelf(
    pages=(
        _page("bar", "Bar", "There is coffee in carriage four."),
        _page("dogs", "Dogs", "Dogs wear a muzzle on board."),
        _page("dogs", "Cani", "I cani portano la museruola.", "it"),
    )
)


class Letters:
    """An encoder for tests: texts are near when they have the same letters."""

    def __init__(
        self, model: str = "letters", *, alphabet: str = "abcdefghijklmnopqrstuvwxyz"
    ) -> None:
        self.model = model
        self._alphabet = alphabet
        self.asked: list[str] = []
        self.is_closed = False

    def encode(self, texts: Sequence[str]) -> list[bytes]:
        """Count letters."""
        self.asked += texts
        return [self._vector(text.casefold()) for text in texts]

    def close(self) -> None:
        """Take note of it."""
        self.is_closed = True

    def _vector(self, text: str) -> bytes:
        counts = [text.count(letter) for letter in self._alphabet]
        length = sum(count * count for count in counts) ** 0.5 or 1.0
        return struct.pack(f"<{len(counts)}f", *(count / length for count in counts))


class Broken:
    """An encoder that is not there."""

    model = "broken"

    def encode(self, texts: Sequence[str]) -> list[bytes]:
        """Fail."""
        raise EncoderFault(f"gone with {len(texts)} texts")

    def close(self) -> None:
        """Have nothing to let go of."""


def _ask(text: str, language: Language = "en", cited: str | None = None) -> Question:
    return Question(text=text, language=language, cited=cited)


def test_rare_words_tell_more_than_common_ones() -> None:
    texts = Bm25([["train", "bar"], ["train", "dog"], ["train", "train", "seat"]])

    scores = texts.scores({"train", "dog"})

    assert max(scores) == scores[1]
    assert texts.weight("unheard-of") > texts.weight("dog") > texts.weight("train")
    assert Bm25([]).scores({"train"}) == []


def test_a_page_is_shown_in_the_askers_language() -> None:
    retriever = HybridRetriever(Letters())

    in_italian = retriever.find(_ask("museruola dei cani muzzle", "it"), SHELF)
    in_english = retriever.find(_ask("muzzle of dogs museruola", "en"), SHELF)

    assert (in_italian.hits[0].page.title, in_english.hits[0].page.title) == ("Cani", "Dogs")
    assert [hit.page.slug for hit in in_italian.hits].count("dogs") == 1
    retriever.close()


def test_a_text_is_read_once() -> None:
    kept, first, second = VectorsInMemory(), Letters(), Letters()
    HybridRetriever(first, kept=kept).prepare(SHELF)
    again = HybridRetriever(second, kept=kept)

    again.prepare(SHELF)
    again.find(_ask("coffee"), SHELF)

    assert "There is coffee in carriage four." in first.asked
    assert second.asked == ["coffee"]


def test_another_model_reads_everything_anew() -> None:
    kept, other = VectorsInMemory(), Letters("other")
    HybridRetriever(Letters(), kept=kept).prepare(SHELF)

    HybridRetriever(other, kept=kept).prepare(SHELF)

    assert "There is coffee in carriage four." in other.asked


def test_only_a_changed_page_is_read_anew() -> None:
    kept, encoder = VectorsInMemory(), Letters()
    HybridRetriever(Letters(), kept=kept).prepare(SHELF)
    changed = Shelf(pages=(*SHELF.pages[1:], _page("bar", "Bar", "There is tea.")))

    HybridRetriever(encoder, kept=kept).prepare(changed)

    assert encoder.asked == ["Bar. There is tea.", "There is tea."]


def test_vectors_of_another_length_are_a_fault() -> None:
    kept = VectorsInMemory()
    HybridRetriever(Letters(), kept=kept).prepare(SHELF)
    shorter = HybridRetriever(Letters(alphabet="abc"), kept=kept)

    with pytest.raises(EncoderFault, match="another length"):
        shorter.find(_ask("coffee"), SHELF)


def test_words_that_no_page_uses_speak_against_an_answer() -> None:
    retriever = HybridRetriever(Letters())

    known = retriever.find(_ask("coffee in the carriage"), SHELF).hits[0]
    unknown = retriever.find(_ask("coffee in the parliament"), SHELF).hits[0]

    assert known.relevance - unknown.relevance > 0.05


def test_the_page_cited_before_comes_first_on_a_tie() -> None:
    both = Shelf(pages=(_page("a", "One", "It is free."), _page("b", "Two", "It is free.")))

    for cited in ("a", "b"):
        found = LexicalRetriever().find(_ask("free", cited=cited), both)
        assert found.hits[0].page.slug == cited


def test_words_alone_refuse_what_shares_too_little() -> None:
    retriever = LexicalRetriever()
    retriever.prepare(SHELF)

    assert retriever.find(_ask("where is the coffee?"), SHELF).is_relevant
    assert not retriever.find(_ask("coffee futures in Brazil and Peru"), SHELF).is_relevant
    assert retriever.find(_ask("quantum physics"), SHELF).hits == ()


def test_without_vectors_the_words_answer_and_it_is_said() -> None:
    retriever = WithFallback(HybridRetriever(Broken()), LexicalRetriever())
    retriever.prepare(SHELF)

    found = retriever.find(_ask("coffee"), SHELF)

    assert (found.hits[0].page.slug, found.is_degraded) == ("bar", True)
    retriever.close()


def test_with_vectors_nothing_is_degraded() -> None:
    retriever = WithFallback(HybridRetriever(Letters()), LexicalRetriever())

    assert not retriever.find(_ask("coffee"), SHELF).is_degraded


def test_whoever_cannot_have_a_turn_in_time_does_not_wait() -> None:
    thread, over = OneThread(), Event()
    thread.ask(lambda: None, patience=PATIENCE)
    thread._pool.submit(over.wait)

    with pytest.raises(EncoderFault, match="busy"):
        thread.ask(lambda: "late", patience=0)

    over.set()
    assert thread.ask(lambda: "in time", patience=PATIENCE) == "in time"
    thread.close()


def test_whoever_closes_it_closes_its_encoder() -> None:
    encoder = Letters()

    WithFallback(HybridRetriever(encoder), LexicalRetriever()).close()

    assert encoder.is_closed


def test_nobody_waits_for_an_encoder_beyond_the_answer() -> None:
    over = Event()

    class Stalled(Letters):
        def encode(self, texts: Sequence[str]) -> list[bytes]:
            over.wait(PATIENCE)
            return super().encode(texts)

    retriever = HybridRetriever(Stalled(), patience=2 * PATIENCE)

    with pytest.raises(EncoderFault, match="busy"):
        retriever.find(replace(_ask("coffee"), until=monotonic()), SHELF)

    over.set()
    retriever.close()


def test_the_setting_chooses_the_retriever() -> None:
    assert isinstance(open_retriever(Embeddings.OFF), LexicalRetriever)
    for choice in (
        open_retriever(Embeddings.LOCAL),
        open_retriever(Embeddings.REMOTE, remote=RemoteModel(base_url="http://[::1]:9", model="m")),
    ):
        assert isinstance(choice, WithFallback)
        choice.close()
    with pytest.raises(ValueError, match="endpoint"):
        open_retriever(Embeddings.REMOTE)


def test_a_house_without_the_arithmetic_answers_by_words(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> object:
        raise ImportError(name)

    monkeypatch.setattr("treno_chat.assistant.opening.import_module", missing)

    assert isinstance(open_retriever(Embeddings.LOCAL), LexicalRetriever)
