"""Asking, having it answered, and reading it again."""

from collections.abc import Callable

from tests.support.assistant import Write
from treno_chat.actions.assistant.answering import Assistant
from treno_chat.actions.assistant.utterances import list_utterances
from treno_chat.actions.transaction import Transactions
from treno_chat.assistant.finding import Findings, Question
from treno_chat.assistant.lexical import LexicalRetriever
from treno_chat.assistant.writing import Brief, Draft, IsStopped, Tell
from treno_chat.domain.assistant.conversations import Utterance
from treno_chat.domain.assistant.pages import Shelf
from treno_chat.domain.door.sessions import Principal

BIKE = "Posso portare la bicicletta?"


NOTHING = "Qual è la capitale della Mongolia?"


Asks = Callable[..., Utterance]


class Broken(LexicalRetriever):
    """Finds pages by their words, unless it is broken."""

    is_broken = True

    def find(self, question: Question, shelf: Shelf) -> Findings:
        """Find, or break."""
        if self.is_broken:
            raise RuntimeError("secret")
        return super().find(question, shelf)


def writes(text: str) -> Write:
    """Return a writer of this text."""

    def write(_brief: Brief, _tell: Tell, _is_stopped: IsStopped) -> Draft:
        return Draft(text=text, engine="model:x")

    return write


def answer(
    assistant: Assistant, who: Principal, question: Utterance, *, is_again: bool = False
) -> Utterance:
    """Have a question answered."""
    return assistant.answer(
        who, question.conversation_id, question.id, screen="it", is_again=is_again
    )


def said(transactions: Transactions, who: Principal, where: Utterance) -> tuple[Utterance, ...]:
    """Return what was said in a conversation."""
    with transactions.reading() as tx:
        return list_utterances(tx, who, where.conversation_id).utterances
