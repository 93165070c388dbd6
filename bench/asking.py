"""What an answer from the pages costs: alone, and when fifty people ask at once."""

import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle, islice
from uuid import uuid4

from bench.rows import Row, percentile
from bench.world import World, sqlite_world
from tests.actions.worlds import register
from tests.assistant.golden import read_golden
from tests.support.assistant import assistant_at
from treno_chat.actions.assistant.asking import ask
from treno_chat.api.house import ANSWERED_AT_ONCE
from treno_chat.assistant.answering import Answerer
from treno_chat.assistant.hybrid import HybridRetriever
from treno_chat.assistant.library import STARTER, read_folder
from treno_chat.assistant.sentence_encoder import SentenceEncoder
from treno_chat.assistants import LOOK_SECONDS
from treno_chat.domain.assistant.pages import Shelf
from treno_chat.domain.door.sessions import Principal
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
    with sqlite_world() as world:
        yield from _whole(world, retriever)
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


def _whole(world: World, retriever: HybridRetriever) -> Iterator[Row]:
    """Ask as the API does: the question stored, then the answer with its sources."""
    people = [entered.principal for entered in world.guests(PEOPLE)]
    with world.transactions.writing() as tx:
        for person in people:
            register(tx, person)
    assistant = assistant_at(world.transactions, retriever=retriever, look_seconds=LOOK_SECONDS)
    questions = [asked["question"] for asked in read_golden("golden")["answerable"]]

    def ask_one(person: Principal, text: str) -> float:
        began = time.perf_counter()
        with world.transactions.writing() as tx:
            question = ask(tx, person, text=text, client_id=str(uuid4()))
        assistant.answer(person, question.conversation_id, question.id, screen="it")
        return (time.perf_counter() - began) * 1000

    ask_one(people[0], questions[0])
    with ThreadPoolExecutor(ANSWERED_AT_ONCE) as crowd:
        took = list(crowd.map(ask_one, people, cycle(questions)))
    yield Row(
        what=f"question and answer kept, {PEOPLE} people at once: p95",
        measured=f"{percentile(took, 0.95):.0f}",
        budget="< 300",
        unit="ms",
    )


def _resident_mb() -> float:
    with open("/proc/self/statm", encoding="ascii") as statm:  # noqa: PTH123 - a file of the kernel
        return int(statm.read().split()[1]) * PAGE_BYTES / 1e6
