"""Whatever is asked has an answer that is kept, and the question is kept before anything runs."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from sqlmodel import select

from tests.actions.worlds import register
from tests.conftest import Heard, StoppedClock
from tests.support.assistant import Scripted, Write, assistant_at
from tests.support.races import at_once
from treno_chat.actions.assistant import runs
from treno_chat.actions.assistant.answering import Assistant
from treno_chat.actions.assistant.asking import ask
from treno_chat.actions.assistant.conversations import delete_conversation
from treno_chat.actions.assistant.runs import STALE, stop_answer
from treno_chat.actions.assistant.tasks import list_tasks
from treno_chat.actions.assistant.utterances import list_utterances
from treno_chat.actions.transaction import Transactions
from treno_chat.assistant.finding import Findings, Question
from treno_chat.assistant.lexical import LexicalRetriever
from treno_chat.assistant.writing import Brief, Draft, IsStopped, Tell, WriterAway
from treno_chat.domain.assistant.conversations import Role, Utterance, UtteranceStatus
from treno_chat.domain.assistant.events import AnswerGrew, ConversationChanged, UtteranceSaid
from treno_chat.domain.assistant.pages import Shelf
from treno_chat.domain.door.sessions import Principal
from treno_chat.domain.places import Room
from treno_chat.domain.refusals import Conflict, Forbidden, NotFound
from treno_chat.stores import tables

BIKE = "Posso portare la bicicletta?"
NOTHING = "Qual è la capitale della Mongolia?"

Asks = Callable[..., Utterance]


@pytest.fixture(autouse=True)
def accounts(
    transactions: Transactions, rooms: tuple[Room, Room], ada: Principal, bruno: Principal
) -> None:
    """Both have accounts."""
    with transactions.writing() as tx:
        register(tx, ada)
        register(tx, bruno)


@pytest.fixture
def asks(transactions: Transactions) -> Asks:
    """Asks something, in a new conversation unless one is named."""

    def ask_one(who: Principal, text: str, *, after: Utterance | None = None) -> Utterance:
        where = after.conversation_id if after else None
        with transactions.writing() as tx:
            return ask(tx, who, text=text, client_id=str(uuid4()), conversation_id=where)

    return ask_one


@pytest.fixture
def assistant(transactions: Transactions) -> Assistant:
    """Quotes the pages."""
    return assistant_at(transactions)


def writes(text: str) -> Write:
    def write(_brief: Brief, _tell: Tell, _is_stopped: IsStopped) -> Draft:
        return Draft(text=text, engine="model:x")

    return write


def answer(
    assistant: Assistant, who: Principal, question: Utterance, *, is_again: bool = False
) -> Utterance:
    return assistant.answer(
        who, question.conversation_id, question.id, screen="it", is_again=is_again
    )


def said(transactions: Transactions, who: Principal, where: Utterance) -> tuple[Utterance, ...]:
    with transactions.reading() as tx:
        return list_utterances(tx, who, where.conversation_id).utterances


def test_an_answer_is_kept_with_its_sources_and_how_it_came_about(
    transactions: Transactions, assistant: Assistant, asks: Asks, ada: Principal
) -> None:
    question = asks(ada, BIKE)

    told = answer(assistant, ada, question)

    assert said(transactions, ada, question) == (question, told)
    assert (told.role, told.status) == (Role.ASSISTANT, UtteranceStatus.SAID)
    assert "[1]" in told.body
    assert told.sources[0].slug == "bikes"
    assert told.sources[0].language == "it"
    assert told.sources[0].updated is not None
    assert told.engine == "extractive@1+lexical@1"
    assert told.latency_ms is not None
    assert (told.answers_id, told.place_id) == (question.id, ada.place_id)


def test_what_the_pages_do_not_say_is_refused_and_no_writer_is_asked(
    transactions: Transactions, asks: Asks, ada: Principal
) -> None:
    writer = Scripted(writes("Ulan Bator [1]"))

    told = answer(assistant_at(transactions, writer=writer), ada, asks(ada, NOTHING))

    assert told.is_refusal
    assert writer.briefs == []


def test_the_staff_see_what_was_not_answered_and_not_whose_it_was(
    transactions: Transactions, assistant: Assistant, asks: Asks, ada: Principal
) -> None:
    answer(assistant, ada, asks(ada, NOTHING))

    with transactions.reading() as tx:
        (row,) = tx.db.exec(select(tables.OpenQuestion)).all()
    assert (row.body, row.kind) == (NOTHING, "unanswered")
    assert ada.user.id not in row.model_dump().values()


def test_what_is_answered_already_is_answered_the_same(
    assistant: Assistant, asks: Asks, ada: Principal
) -> None:
    question = asks(ada, BIKE)

    assert answer(assistant, ada, question) == answer(assistant, ada, question)


def test_an_answer_may_be_written_anew_for_the_same_question(
    transactions: Transactions, assistant: Assistant, asks: Asks, ada: Principal
) -> None:
    question = asks(ada, BIKE)
    first = answer(assistant, ada, question)

    second = answer(assistant, ada, question, is_again=True)

    assert second.id != first.id
    assert second.answers_id == question.id
    assert said(transactions, ada, question) == (question, first, second)


def test_only_one_question_of_a_person_is_answered_at_a_time(
    transactions: Transactions, asks: Asks, ada: Principal, bruno: Principal
) -> None:
    question, other, theirs = asks(ada, BIKE), asks(ada, BIKE), asks(bruno, BIKE)
    assistant: Assistant

    def write(_brief: Brief, _tell: Tell, _is_stopped: IsStopped) -> Draft:
        with pytest.raises(Conflict, match="already_answering"):
            answer(assistant, ada, other)
        with pytest.raises(Conflict, match="already_answering"):
            answer(assistant, ada, question)
        assert answer(assistant_at(transactions), bruno, theirs).status is UtteranceStatus.SAID
        return Draft(text="Sì [1].", engine="model:x")

    assistant = assistant_at(transactions, writer=Scripted(write))

    assert answer(assistant, ada, question).body == "Sì [1]."


def test_what_is_asked_twice_at_once_is_answered_once(
    transactions: Transactions, assistant: Assistant, asks: Asks, ada: Principal
) -> None:
    question = asks(ada, BIKE)

    told = at_once(*[lambda: answer(assistant, ada, question)] * 4)

    kept = said(transactions, ada, question)
    assert len(kept) == 2
    assert set(told) <= {"in", "already_answering"}


def test_who_was_cut_off_while_answering_leaves_the_question_to_be_answered(
    transactions: Transactions, asks: Asks, ada: Principal, clock: StoppedClock
) -> None:
    question = asks(ada, BIKE)

    def die(*_: object) -> Draft:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        answer(assistant_at(transactions, writer=Scripted(die)), ada, question)

    assert said(transactions, ada, question) == (question,)
    with pytest.raises(Conflict):
        answer(assistant_at(transactions), ada, question)
    clock.pass_(STALE)
    assert answer(assistant_at(transactions), ada, question).status is UtteranceStatus.SAID


class Broken(LexicalRetriever):
    """Breaks at the first question and finds at the second."""

    is_broken = True

    def find(self, question: Question, shelf: Shelf) -> Findings:
        """Find, or break."""
        if self.is_broken:
            raise RuntimeError("secret")
        return super().find(question, shelf)


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


def test_a_conversation_that_is_deleted_meanwhile_stays_deleted(
    transactions: Transactions, asks: Asks, ada: Principal
) -> None:
    question = asks(ada, BIKE)

    def write(_brief: Brief, _tell: Tell, is_stopped: IsStopped) -> Draft:
        with transactions.writing() as tx:
            delete_conversation(tx, ada, question.conversation_id)
        assert is_stopped()
        return Draft(text="Sì", engine="model:x")

    with pytest.raises(NotFound):
        answer(assistant_at(transactions, writer=Scripted(write)), ada, question)

    with transactions.reading() as tx:
        assert tx.db.exec(select(tables.AnswerRun)).all() == []


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


def test_nobody_has_somebody_elses_question_answered(
    assistant: Assistant, asks: Asks, ada: Principal, bruno: Principal, chiara: Principal
) -> None:
    question = asks(ada, BIKE)

    with pytest.raises(NotFound):
        answer(assistant, bruno, question)
    with pytest.raises(Forbidden):
        answer(assistant, chiara, question)


def test_a_full_conversation_takes_the_answer_to_its_last_question_and_no_more(
    assistant: Assistant, asks: Asks, ada: Principal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runs, "MAX_UTTERANCES", 1)
    question = asks(ada, BIKE)

    assert answer(assistant, ada, question).seq == 2
    with pytest.raises(Conflict, match="list_full"):
        answer(assistant, ada, question, is_again=True)
