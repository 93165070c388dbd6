"""A model on loopback, whoever writes with it, and a question with two pages."""

import json
from collections.abc import Generator
from dataclasses import dataclass, field

import pytest

from tests.support.language_model import NAME, LanguageModel, speaking
from tests.support.notebook import Notebook
from treno_chat.assistant.model.endpoint import Bounds, Endpoint
from treno_chat.assistant.model.opening import open_writer
from treno_chat.assistant.writing import Brief, Draft, NumberedPassage, Writer
from treno_chat.domain.words import Language, Words

ANSWER = "La rete si chiama TRENO [1]."
KEY = "sk-a-key-that-nobody-may-see"
PAGES = (
    NumberedPassage(
        number=1,
        title="Wi-Fi a bordo",
        text="La rete si chiama TRENO. È gratuita. Vedi https://treno.example/wifi.",
        language="it",
    ),
    NumberedPassage(number=2, title="Gallerie", text="In galleria la rete cade.", language="it"),
)


@dataclass
class Asker:
    """Ada, who asks, and sees what is being written."""

    writer: Writer
    seen: list[str] = field(default_factory=list[str])
    stops_at: str | None = None

    def ask(self, brief: Brief) -> Draft:
        """Return the draft."""
        return self.writer.write(brief, tell=self.seen.append, is_stopped=self._is_stopped)

    def _is_stopped(self) -> bool:
        return self.stops_at is not None and "".join(self.seen).endswith(self.stops_at)


def endpoint_at(model: LanguageModel) -> Endpoint:
    """Return how the house knows it."""
    return Endpoint(base_url=model.url, model=NAME, key=KEY)


def wants(name: str, **arguments: str) -> tuple[str, str]:
    """Return a call as it goes over the wire."""
    return name, json.dumps(arguments)


@pytest.fixture
def model() -> Generator[LanguageModel]:
    """A model that says what the test has it say."""
    with speaking() as model:
        yield model


@pytest.fixture
def asker(model: LanguageModel, words: dict[Language, Words]) -> Generator[Asker]:
    """Ada, with all the time of a busy machine."""
    yield from asking(model, words, Bounds(deadline_seconds=60))


@pytest.fixture
def hasty(model: LanguageModel, words: dict[Language, Words]) -> Generator[Asker]:
    """Ada, whose deadline is over almost at once."""
    yield from asking(model, words, Bounds(deadline_seconds=0.5))


def asking(model: LanguageModel, words: dict[Language, Words], bounds: Bounds) -> Generator[Asker]:
    """Open a writer for as long as a test takes."""
    writer = open_writer([endpoint_at(model)], words=words, bounds=bounds)
    assert writer is not None
    yield Asker(writer)
    writer.close()


@pytest.fixture
def brief() -> Brief:
    """A question that the pages answer."""
    return Brief(question="Come si chiama la rete?", language="it", passages=PAGES)


@pytest.fixture
def notebook() -> Notebook:
    """Three things to do."""
    return Notebook("Comprare il pane", "Comprare il latte", "Telefonare a Marta")


@pytest.fixture
def about_tasks(notebook: Notebook) -> Brief:
    """A wish that the grammar does not read."""
    question = "Nella mia lista vorrei anche comprare il caffè; il pane è preso, il latte anche"
    return Brief(question=question, language="it", passages=PAGES, tools=notebook)
