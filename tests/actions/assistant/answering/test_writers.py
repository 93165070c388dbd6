"""Whoever writes the answer: what they are given, and what stays when they stop or break."""

from time import monotonic

import pytest

from tests.actions.assistant.answering.talking import BIKE, Asks, Broken, answer, said, writes
from tests.conftest import Heard
from tests.support.assistant import Scripted, assistant_at
from tests.support.patience import PATIENCE
from treno_chat.actions.assistant.answering import Assistant
from treno_chat.actions.assistant.runs import stop_answer
from treno_chat.actions.assistant.tasks import list_tasks
from treno_chat.actions.transaction import Transactions
from treno_chat.assistant.finding import Findings, Question
from treno_chat.assistant.lexical import LexicalRetriever
from treno_chat.assistant.writing import Brief, Draft, IsStopped, Tell, WriterAway
from treno_chat.domain.assistant.conversations import Role, UtteranceStatus
from treno_chat.domain.assistant.events import AnswerGrew, ConversationChanged, UtteranceSaid
from treno_chat.domain.assistant.pages import Shelf
from treno_chat.domain.door.sessions import Principal
from treno_chat.domain.refusals import Conflict, NotFound


def test_what_breaks_is_an_answer_that_says_so_and_may_be_tried_again(
    transactions: Transactions, asks: Asks, ada: Principal
) -> None:
    retriever = Broken()
    assistant, question = assistant_at(transactions, retriever=retriever), asks(ada, BIKE)

    failed = answer(assistant, ada, question)
    retriever.is_broken = False
    told = answer(assistant, ada, question)

    assert failed.status is UtteranceStatus.FAILED
    assert "secret" not in failed.body
    assert told.status is UtteranceStatus.SAID
    assert said(transactions, ada, question) == (question, failed, told)


def test_a_writer_gets_what_was_found_and_said_before_and_nothing_of_anybody_else(
    transactions: Transactions, asks: Asks, ada: Principal, bruno: Principal
) -> None:
    asks(bruno, "Il mio segreto è 4711")
    first = asks(ada, BIKE)
    answer(assistant_at(transactions), ada, first)
    writer = Scripted(writes("Tre euro e cinquanta [1]."))

    told = answer(
        assistant_at(transactions, writer=writer), ada, asks(ada, "Quanto costa?", after=first)
    )

    (brief,) = writer.briefs
    assert (told.body, told.engine) == ("Tre euro e cinquanta [1].", "model:x+lexical@1")
    assert brief.question == "Quanto costa?"
    assert [turn.role for turn in brief.turns] == [Role.USER, Role.ASSISTANT]
    assert [each.number for each in brief.passages] == [1, 2, 3][: len(brief.passages)]
    assert len(told.sources) == len(brief.passages)
    assert "4711" not in str(brief)


def test_one_deadline_holds_for_finding_writing_and_looking_something_up(
    transactions: Transactions, asks: Asks, ada: Principal
) -> None:
    asked: list[Question] = []

    class Noted(LexicalRetriever):
        def find(self, question: Question, shelf: Shelf) -> Findings:
            asked.append(question)
            return super().find(question, shelf)

    def look_up(brief: Brief, _tell: Tell, _is_stopped: IsStopped) -> Draft:
        assert brief.search is not None
        brief.search("Quanto costa?")
        return Draft(text="Sì [1].", engine="model:x")

    writer, begun = Scripted(look_up), monotonic()
    assistant = assistant_at(transactions, writer=writer, retriever=Noted(), seconds=PATIENCE)

    answer(assistant, ada, asks(ada, BIKE))

    (until,) = {question.until for question in asked}
    assert len(asked) == 2
    assert writer.briefs[0].until == until
    assert begun <= until - PATIENCE <= monotonic()


def test_that_something_was_done_stands_on_no_page(
    transactions: Transactions, asks: Asks, ada: Principal
) -> None:
    def act(brief: Brief, _tell: Tell, _is_stopped: IsStopped) -> Draft:
        assert brief.passages
        assert brief.tools is not None
        brief.tools.add_task("Biglietto bici")
        return Draft(text="Fatto.", engine="model:x")

    told = answer(assistant_at(transactions, writer=Scripted(act)), ada, asks(ada, BIKE))

    assert (told.body, told.has_acted, told.sources) == ("Fatto.", True, ())


def test_without_a_writer_in_time_the_pages_are_quoted_and_that_is_said(
    transactions: Transactions, asks: Asks, ada: Principal
) -> None:
    def away(*_: object) -> Draft:
        raise WriterAway("deadline")

    told = answer(assistant_at(transactions, writer=Scripted(away)), ada, asks(ada, BIKE))

    assert told.is_degraded
    assert (told.status, told.engine) == (UtteranceStatus.SAID, "extractive@1+lexical@1")


def test_whoever_asked_sees_it_grow_on_all_pages_and_nobody_else_does(
    transactions: Transactions, asks: Asks, heard: Heard, ada: Principal
) -> None:
    question = asks(ada, BIKE)
    heard.events.clear()

    def write(_brief: Brief, tell: Tell, _is_stopped: IsStopped) -> Draft:
        for length in range(1, 100):
            tell("x" * length)
        return Draft(text="Sì [1].", engine="model:x")

    told = answer(assistant_at(transactions, writer=Scripted(write)), ada, question)

    grown = [event for event in heard.events if isinstance(event, AnswerGrew)]
    assert [event.text for event in grown] == ["x"]
    assert {event.user_id for event in grown} == {ada.user.id}
    assert heard.events[-2:] == [
        UtteranceSaid(
            user_id=ada.user.id, conversation_id=question.conversation_id, utterance=told
        ),
        heard.events[-1],
    ]
    assert isinstance(heard.events[-1], ConversationChanged)


def test_what_was_written_until_it_was_stopped_is_kept(
    transactions: Transactions, asks: Asks, ada: Principal, bruno: Principal
) -> None:
    question = asks(ada, BIKE)

    def write(_brief: Brief, _tell: Tell, is_stopped: IsStopped) -> Draft:
        with transactions.writing() as tx:
            with pytest.raises(NotFound):
                stop_answer(tx, bruno, question.conversation_id, question.id)
            stop_answer(tx, ada, question.conversation_id, question.id)
        assert is_stopped()
        return Draft(text="Sì, ma", engine="model:x", is_truncated=True)

    told = answer(assistant_at(transactions, writer=Scripted(write)), ada, question)

    assert (told.status, told.body) == (UtteranceStatus.STOPPED, "Sì, ma")
    assert not told.is_truncated


def test_what_is_about_tasks_is_done_and_said_in_one(
    transactions: Transactions, assistant: Assistant, asks: Asks, ada: Principal, bruno: Principal
) -> None:
    question = asks(ada, "Aggiungi il compito comprare il latte")

    told = answer(assistant, ada, question)

    assert (told.engine, told.has_acted) == ("tasks@1", True)
    with pytest.raises(Conflict, match="not_again"):
        answer(assistant, ada, question, is_again=True)
    assert answer(assistant, ada, question) == told
    with transactions.reading() as tx:
        assert [task.title for task in list_tasks(tx, ada).tasks] == ["comprare il latte"]
        assert list_tasks(tx, bruno).tasks == ()


def test_what_was_asked_back_is_answered_by_the_next_message_alone(
    transactions: Transactions, assistant: Assistant, asks: Asks, ada: Principal
) -> None:
    first = asks(ada, "Aggiungi il compito comprare il latte")
    answer(assistant, ada, first)
    for text in ("Cancella il compito comprare il latte", BIKE, "sì"):
        answer(assistant, ada, asks(ada, text, after=first))
    with transactions.reading() as tx:
        assert len(list_tasks(tx, ada).tasks) == 1

    for text in ("Cancella il compito comprare il latte", "sì"):
        told = answer(assistant, ada, asks(ada, text, after=first))

    with transactions.reading() as tx:
        assert list_tasks(tx, ada).tasks == ()
    assert told.engine == "tasks@1"


def test_what_a_writer_did_before_it_broke_is_not_done_again(
    transactions: Transactions, asks: Asks, ada: Principal
) -> None:
    question = asks(ada, BIKE)

    def act_and_break(brief: Brief, _tell: Tell, _is_stopped: IsStopped) -> Draft:
        if brief.tools is not None:
            brief.tools.add_task("Biglietto bici")
            raise RuntimeError
        return Draft(text="Sì [1].", engine="model:x")

    assistant = assistant_at(transactions, writer=Scripted(act_and_break))

    assert answer(assistant, ada, question).status is UtteranceStatus.FAILED
    assert answer(assistant, ada, question).body == "Sì [1]."
    with transactions.reading() as tx:
        assert len(list_tasks(tx, ada).tasks) == 1


@pytest.mark.parametrize("is_again", [True, False])
def test_what_a_writer_did_is_not_done_again_after_writing_it_anew_failed(
    transactions: Transactions, asks: Asks, ada: Principal, *, is_again: bool
) -> None:
    retriever, question = Broken(), asks(ada, BIKE)
    retriever.is_broken = False

    def act(brief: Brief, _tell: Tell, _is_stopped: IsStopped) -> Draft:
        if brief.tools is not None:
            brief.tools.add_task("Biglietto bici")
        return Draft(text="Sì [1].", engine="model:x")

    assistant = assistant_at(transactions, writer=Scripted(act), retriever=retriever)
    assert answer(assistant, ada, question).has_acted
    retriever.is_broken = True
    assert answer(assistant, ada, question, is_again=True).status is UtteranceStatus.FAILED
    retriever.is_broken = False

    told = answer(assistant, ada, question, is_again=is_again)

    assert (told.body, told.has_acted) == ("Sì [1].", False)
    with transactions.reading() as tx:
        assert len(list_tasks(tx, ada).tasks) == 1
