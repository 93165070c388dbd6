"""Whatever is asked has one answer that is kept, and the question is kept before anything runs."""

import pytest
from sqlmodel import select

from tests.actions.assistant.answering.talking import BIKE, NOTHING, Asks, answer, said, writes
from tests.actions.worlds import PLACE_SLUG
from tests.conftest import StoppedClock
from tests.support.assistant import Scripted, assistant_at
from tests.support.races import at_once
from treno_chat.actions.assistant import runs
from treno_chat.actions.assistant.answering import Assistant
from treno_chat.actions.assistant.conversations import delete_conversation
from treno_chat.actions.assistant.open_questions import make_room
from treno_chat.actions.assistant.runs import STALE
from treno_chat.actions.operations.places import add_place
from treno_chat.actions.operations.removing import remove_place
from treno_chat.actions.transaction import Transactions
from treno_chat.assistant.finding import Findings, Question
from treno_chat.assistant.lexical import LexicalRetriever
from treno_chat.assistant.writing import Brief, Draft, IsStopped, Tell
from treno_chat.domain.assistant.conversations import Role, UtteranceStatus
from treno_chat.domain.assistant.pages import Shelf
from treno_chat.domain.door.sessions import Principal
from treno_chat.domain.places import PlaceKind
from treno_chat.domain.refusals import Conflict, Forbidden, NotFound
from treno_chat.stores import tables


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


def test_the_staff_see_once_what_was_tried_twice_at_once(
    transactions: Transactions, asks: Asks, ada: Principal
) -> None:
    asked = asks(ada, NOTHING)

    class Slow(LexicalRetriever):
        def find(self, question: Question, shelf: Shelf) -> Findings:
            answer(assistant_at(transactions), ada, asked)
            return super().find(question, shelf)

    answer(assistant_at(transactions, retriever=Slow()), ada, asked)

    with transactions.reading() as tx:
        (row,) = tx.db.exec(select(tables.OpenQuestion)).all()
    assert row.times == 1
    assert len(said(transactions, ada, asked)) == 2


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


def test_an_answer_outlives_the_place_whose_pages_it_quotes(
    transactions: Transactions, asks: Asks, ada: Principal
) -> None:
    question = asks(ada, BIKE)

    def write(_brief: Brief, _tell: Tell, _is_stopped: IsStopped) -> Draft:
        with transactions.writing() as tx:
            add_place(tx, "bagno-62", "Bagno 62", kind=PlaceKind.BEACH)
            remove_place(tx, PLACE_SLUG, entry="bagno-62")
            assert not make_room(tx, ada.place_id or "")
        return Draft(text="Sì [1]", engine="model:x")

    told = answer(assistant_at(transactions, writer=Scripted(write)), ada, question)

    assert said(transactions, ada, question) == (question, told)
    assert (told.status, told.place_id) == (UtteranceStatus.SAID, None)


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
