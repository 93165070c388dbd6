"""An assistant of the tests: the pages of the house, found by their words, and writers on cue."""

from collections.abc import Callable
from dataclasses import dataclass, field

from tests.support.patience import PATIENCE
from treno_chat.actions.assistant.answering import Assistant
from treno_chat.actions.assistant.guide import Guide
from treno_chat.actions.assistant.own_pages import StoredPages
from treno_chat.actions.assistant.scribe import Scribe
from treno_chat.actions.transaction import Transactions
from treno_chat.assistant.answering import Answerer
from treno_chat.assistant.finding import Retriever
from treno_chat.assistant.lexical import LexicalRetriever
from treno_chat.assistant.library import Library
from treno_chat.assistant.writing import Brief, Draft, IsStopped, Tell, Writer
from treno_chat.domain.words import LANGUAGES, Language, Words
from treno_chat.locales import words_in

WORDS: dict[Language, Words] = {language: words_in(language) for language in LANGUAGES}
PLACE = "treno-lucca-aulla"

Write = Callable[[Brief, Tell, IsStopped], Draft]


def assistant_at(
    transactions: Transactions,
    *,
    writer: Writer | None = None,
    retriever: Retriever | None = None,
    default_place: str = PLACE,
    look_seconds: float = 0.0,
    seconds: float = PATIENCE,
) -> Assistant:
    """Return whoever answers at a place, as the program composes it."""
    finds = retriever or LexicalRetriever()
    guide = Guide(
        transactions,
        library=Library(own=StoredPages(transactions), seconds=look_seconds),
        retriever=finds,
        answerer=Answerer(finds, WORDS),
        default_place=default_place,
    )
    scribe = None if writer is None else Scribe(transactions, writer, guide=guide)
    return Assistant(transactions, guide=guide, words=WORDS, scribe=scribe, seconds=seconds)


@dataclass
class Scripted:
    """Writes what a test says, and remembers what it was told."""

    script: Write
    briefs: list[Brief] = field(default_factory=list[Brief])

    def write(self, brief: Brief, *, tell: Tell, is_stopped: IsStopped) -> Draft:
        """Do as the script says."""
        self.briefs.append(brief)
        return self.script(brief, tell, is_stopped)

    def close(self) -> None:
        """Have nothing to let go of."""
