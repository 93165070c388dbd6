"""The pages of the house, the words it speaks, and a retriever with the real encoder."""

from collections.abc import Generator

import pytest

from tests.support.patience import PATIENCE
from treno_chat.assistant.hybrid import HybridRetriever
from treno_chat.assistant.library import STARTER, read_folder
from treno_chat.assistant.sentence_encoder import SentenceEncoder
from treno_chat.domain.assistant.pages import Shelf
from treno_chat.domain.words import LANGUAGES, Language, Words
from treno_chat.locales import words_in


@pytest.fixture(scope="session")
def shelf() -> Shelf:
    """Every page that comes with the house."""
    return Shelf(pages=read_folder(STARTER))


@pytest.fixture(scope="session")
def shelves(shelf: Shelf) -> dict[Language, Shelf]:
    """The pages of each language alone."""
    return {
        language: Shelf(pages=tuple(page for page in shelf.pages if page.language == language))
        for language in LANGUAGES
    }


@pytest.fixture(scope="session")
def words() -> dict[Language, Words]:
    """What is said, in each language."""
    return {language: words_in(language) for language in LANGUAGES}


@pytest.fixture(scope="session")
def by_meaning(shelf: Shelf) -> Generator[HybridRetriever]:
    """The retriever that ships; however busy the machine is, it is waited for."""
    retriever = HybridRetriever(SentenceEncoder(), patience=PATIENCE)
    retriever.prepare(shelf)
    yield retriever
    retriever.close()
