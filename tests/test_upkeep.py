"""Beside the server: pages that changed are read before anybody asks, whoever changed them."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from threading import Semaphore

import pytest

from tests.conftest import Heard
from tests.support.assistant import WORDS, assistant_at
from tests.support.patience import PATIENCE
from treno_chat.actions.assistant.mentions import Mentions
from treno_chat.actions.assistant.own_pages import write_page
from treno_chat.actions.limits.limits import Limits
from treno_chat.actions.operations.places import make_demo_place
from treno_chat.actions.transaction import Transactions, one_after_the_other
from treno_chat.assistant.finding import Findings, Question
from treno_chat.assistant.lexical import LexicalRetriever
from treno_chat.assistants import Upkeep
from treno_chat.domain.assistant.own_pages import PageDraft
from treno_chat.domain.assistant.pages import Shelf
from treno_chat.domain.places import Place
from treno_chat.domain.talk.events import Event, GuideChanged, RoomsChanged

BARBER = PageDraft(
    slug="barber", language="it", title="Il barbiere", topic="aboard", aliases="", body="In coda."
)


@dataclass
class Reading:
    """Finds by words, and lets the test wait until a shelf was read beforehand."""

    inner: LexicalRetriever = field(default_factory=LexicalRetriever)
    shelves: list[Shelf] = field(default_factory=list[Shelf])
    read: Semaphore = field(default_factory=lambda: Semaphore(0))

    def find(self, question: Question, shelf: Shelf) -> Findings:
        """Find."""
        return self.inner.find(question, shelf)

    def prepare(self, shelf: Shelf) -> None:
        """Take note."""
        self.inner.prepare(shelf)
        self.shelves.append(shelf)
        self.read.release()

    def close(self) -> None:
        """Have nothing to let go of."""

    async def has_read(self) -> bool:
        """Wait until one more shelf was read."""
        return await asyncio.to_thread(self.read.acquire, timeout=PATIENCE)


@pytest.fixture
def place(transactions: Transactions) -> Place:
    """The train."""
    with transactions.writing() as tx:
        return make_demo_place(tx)


@pytest.fixture
def reading() -> Reading:
    """Who reads the pages."""
    return Reading()


@pytest.fixture
def upkeep(transactions: Transactions, reading: Reading) -> Upkeep:
    """What goes on beside the server."""
    assistant = assistant_at(transactions, retriever=reading)
    mentions = Mentions(transactions, guide=assistant.guide, limits=Limits(), words=WORDS)
    return Upkeep(assistant, transactions, mentions)


async def test_what_changed_is_read_at_once(
    transactions: Transactions, heard: Heard, *, upkeep: Upkeep, reading: Reading, place: Place
) -> None:
    transactions.announce = one_after_the_other(heard, upkeep.hear)
    async with upkeep.running():
        assert await reading.has_read()
        with transactions.writing() as tx:
            write_page(tx, place, BARBER)

        assert await reading.has_read()

    assert GuideChanged(place_id=place.id) in heard.events
    assert reading.shelves[0].find("barber", "it") is None
    assert reading.shelves[-1].find("barber", "it") is not None


@pytest.mark.usefixtures("place")
@pytest.mark.parametrize("events", [(), (RoomsChanged(place_id="train"),)])
async def test_nothing_else_has_pages_read(
    upkeep: Upkeep, reading: Reading, events: Sequence[Event]
) -> None:
    async with upkeep.running():
        assert await reading.has_read()
        upkeep.hear(events)

    assert len(reading.shelves) == 1
