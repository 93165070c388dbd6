"""What an answer from the pages costs: alone, and when fifty people ask at once."""

import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle, islice

from bench.rows import Row, percentile
from tests.assistant.golden import read_golden
from treno_chat.assistant.answering import Answerer
from treno_chat.assistant.hybrid import HybridRetriever
from treno_chat.assistant.library import STARTER, read_folder
from treno_chat.assistant.sentence_encoder import SentenceEncoder
from treno_chat.domain.assistant.pages import Shelf
from treno_chat.domain.words import LANGUAGES
from treno_chat.locales import words_in

PEOPLE = 50
EACH = 4
ALONE = 200
PAGE_BYTES = 4096


def run() -> Iterable[Row]:
    """Load the encoder, read the pages, ask."""
    before, began = _resident_mb(), time.perf_counter()
    encoder = SentenceEncoder()
    encoder.encode(["Ciao"])
    loaded = time.perf_counter()
    retriever = HybridRetriever(encoder, patience=60)
    shelf = Shelf(pages=read_folder(STARTER))
    retriever.prepare(shelf)
    read = time.perf_counter()
    yield Row(what="encoder: loaded", measured=f"{loaded - began:.1f}", unit="s")
    yield Row(what="pages: read for the first time", measured=f"{read - loaded:.1f}", unit="s")
    yield Row(what="encoder and pages", measured=f"{_resident_mb() - before:.0f}", unit="MB")
    yield from _asked(Answerer(retriever, {each: words_in(each) for each in LANGUAGES}), shelf)
    retriever.close()


def _asked(answerer: Answerer, shelf: Shelf) -> Iterator[Row]:
    questions = [asked["question"] for asked in read_golden("golden")["answerable"]]

    def ask(question: str) -> float:
        began = time.perf_counter()
        answerer.answer(question, shelf, screen="it")
        return (time.perf_counter() - began) * 1000

    alone = [ask(question) for question in islice(cycle(questions), ALONE)]
    yield Row(what="an answer, alone: p50", measured=f"{percentile(alone, 0.5):.1f}", unit="ms")
    with ThreadPoolExecutor(PEOPLE) as crowd:
        crowded = list(crowd.map(ask, islice(cycle(questions), PEOPLE * EACH)))
    yield Row(
        what=f"an answer, {PEOPLE} people at once: p95",
        measured=f"{percentile(crowded, 0.95):.0f}",
        budget="< 300",
        unit="ms",
    )


def _resident_mb() -> float:
    with open("/proc/self/statm", encoding="ascii") as statm:  # noqa: PTH123 - a file of the kernel
        return int(statm.read().split()[1]) * PAGE_BYTES / 1e6
