"""Two retrievers in a row: when the first has no vectors to compare, the words alone answer."""

from dataclasses import replace

import structlog

from treno_chat.assistant.encoding import EncoderFault
from treno_chat.assistant.finding import Findings, Question, Retriever
from treno_chat.domain.assistant.pages import Shelf

log = structlog.get_logger(__name__)


class WithFallback:
    """Answers always; what the second one found is marked as degraded."""

    def __init__(self, first: Retriever, second: Retriever) -> None:
        self._first = first
        self._second = second

    def find(self, question: Question, shelf: Shelf) -> Findings:
        """Return what the first finds, else what the second does."""
        try:
            return self._first.find(question, shelf)
        except EncoderFault as fault:
            log.warning("encoder_fault", reason=str(fault))
            return replace(self._second.find(question, shelf), is_degraded=True)

    def prepare(self, shelf: Shelf) -> None:
        """Let both read a shelf."""
        self._second.prepare(shelf)
        try:
            self._first.prepare(shelf)
        except EncoderFault as fault:
            log.warning("encoder_fault", reason=str(fault))

    def close(self) -> None:
        """Let go of both."""
        self._first.close()
        self._second.close()
