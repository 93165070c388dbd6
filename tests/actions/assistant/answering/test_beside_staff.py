"""Beside staff: what they say of a question is shown with it, and is no answer to it."""

import pytest

from tests.actions.assistant.answering.talking import BIKE, Asks, Broken, answer, said
from tests.actions.worlds import make_staff, register
from tests.support.assistant import WORDS, Scripted, assistant_at
from treno_chat.actions.assistant.handing_over import hand_over
from treno_chat.actions.transaction import Transactions
from treno_chat.assistant.writing import Brief, Draft, IsStopped, Tell
from treno_chat.domain.assistant.conversations import STAFF, Utterance
from treno_chat.domain.door.sessions import Principal


@pytest.fixture(autouse=True)
def staff(transactions: Transactions, chiara: Principal) -> None:
    """Chiara is staff."""
    with transactions.writing() as tx:
        register(tx, chiara)
        make_staff(tx, chiara)


def give(transactions: Transactions, who: Principal, question: Utterance) -> Utterance:
    with transactions.writing() as tx:
        return hand_over(tx, who, question.conversation_id, question.id, words=WORDS["it"])


def test_what_failed_and_was_handed_over_may_be_tried_again(
    transactions: Transactions, asks: Asks, ada: Principal
) -> None:
    retriever, question = Broken(), asks(ada, BIKE)
    assistant = assistant_at(transactions, retriever=retriever)
    failed = answer(assistant, ada, question)
    noted = give(transactions, ada, question)
    retriever.is_broken = False

    told = answer(assistant, ada, question)

    assert noted.engine == STAFF
    assert told.sources[0].slug == "bikes"
    assert said(transactions, ada, question) == (question, failed, noted, told)


def test_what_is_handed_over_while_it_is_answered_is_answered(
    transactions: Transactions, asks: Asks, ada: Principal
) -> None:
    question = asks(ada, BIKE)

    def write(_brief: Brief, _tell: Tell, _is_stopped: IsStopped) -> Draft:
        give(transactions, ada, question)
        return Draft(text="Sì [1].", engine="model:x")

    told = answer(assistant_at(transactions, writer=Scripted(write)), ada, question)

    assert told.body == "Sì [1]."
    assert [each.engine for each in said(transactions, ada, question)][1:] == [STAFF, told.engine]
