"""A retriever that asks elsewhere: once it failed several times it is left alone for a while."""

from treno_chat.assistant.encoding import EncoderFault
from treno_chat.assistant.finding import Findings, Question, Retriever
from treno_chat.assistant.rest import Rest
from treno_chat.domain.assistant.pages import Shelf


class Resting:
    """Lets a retriever rest, as a model does; meanwhile a question is a fault at once."""

    def __init__(self, retriever: Retriever, *, rest: Rest | None = None) -> None:
        self._retriever = retriever
        self._rest = rest or Rest()

    def find(self, question: Question, shelf: Shelf) -> Findings:
        """Return what is found; raises EncoderFault when that cannot be said, or is not tried."""
        if self._rest.is_on():
            raise EncoderFault("resting")
        try:
            findings = self._retriever.find(question, shelf)
        except EncoderFault:
            self._rest.note_failure()
            raise
        self._rest.note_success()
        return findings

    def prepare(self, shelf: Shelf) -> None:
        """Let it read a shelf: nobody waits for that."""
        self._retriever.prepare(shelf)

    def close(self) -> None:
        """Let go of it."""
        self._retriever.close()
