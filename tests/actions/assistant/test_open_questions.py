"""What no page answers waits for staff without a name, until it is settled or nobody cares."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from tests.actions.worlds import PLACE_SLUG, make_staff, register
from tests.conftest import StoppedClock
from treno_chat.actions.assistant import open_questions
from treno_chat.actions.assistant.desk import access_desk
from treno_chat.actions.assistant.open_questions import (
    access_open_question,
    forget_open_questions,
    list_open_questions,
    note_unanswered,
    note_wrong,
)
from treno_chat.actions.assistant.settling import settle_question
from treno_chat.actions.transaction import Transaction
from treno_chat.domain.assistant.open_questions import QuestionKind
from treno_chat.domain.door.sessions import Principal
from treno_chat.domain.ids import PlaceId
from treno_chat.domain.refusals import ChatError, Forbidden, NotFound
from treno_chat.domain.words import LANGUAGES, Language, Words
from treno_chat.locales import words_in
from treno_chat.stores import tables
from treno_chat.stores.talk import places

WORDS: dict[Language, Words] = {language: words_in(language) for language in LANGUAGES}


@pytest.fixture
def tx(tx: Transaction, ada: Principal, chiara: Principal) -> Transaction:
    """The unit of work; ada and chiara have accounts in it, and chiara is staff."""
    register(tx, ada)
    register(tx, chiara)
    make_staff(tx, chiara)
    return tx


def ask(tx: Transaction, place: PlaceId, text: str) -> None:
    note_unanswered(tx, place, question=text, language="it")


def waiting(tx: Transaction, who: Principal) -> list[tuple[str, QuestionKind, int]]:
    desk = access_desk(tx, who, PLACE_SLUG)
    found = list_open_questions(tx, desk).questions
    return [(each.body, each.kind, each.times) for each in found]


def test_a_question_waits_once_however_often_it_is_asked(
    tx: Transaction, place: PlaceId, chiara: Principal
) -> None:
    ask(tx, place, "C’è un barbiere?")
    ask(tx, place, "c'è un  BARBIERE")
    note_wrong(tx, place, question="C’è un barbiere?", language="it")
    ask(tx, place, "?!")

    assert set(waiting(tx, chiara)) == {
        ("C’è un barbiere?", QuestionKind.UNANSWERED, 2),
        ("C’è un barbiere?", QuestionKind.WRONG, 1),
    }


def test_it_tells_nothing_of_who_asked_or_when(
    tx: Transaction, place: PlaceId, clock: StoppedClock
) -> None:
    ask(tx, place, "C’è un barbiere?")

    row = tx.db.exec(select(tables.OpenQuestion)).one()
    assert (row.user_id, row.utterance_id) == (None, None)
    assert row.asked_at == clock.now.replace(hour=0, minute=0)
    # A version 4: no time in it.
    assert row.id[14] == "4"


def test_only_staff_comes_to_the_desk(
    tx: Transaction, ada: Principal, bruno: Principal, chiara: Principal
) -> None:
    assert access_desk(tx, chiara, PLACE_SLUG).user_id == chiara.user.id

    with pytest.raises(Forbidden, match="desk_only"):
        access_desk(tx, ada, PLACE_SLUG)
    with pytest.raises(Forbidden, match="account_needed"):
        access_desk(tx, bruno, PLACE_SLUG)


def test_a_desk_that_is_not_there_is_not_found(tx: Transaction, chiara: Principal) -> None:
    with pytest.raises(NotFound):
        access_desk(tx, chiara, "elsewhere")


def test_what_is_settled_waits_no_more(tx: Transaction, place: PlaceId, chiara: Principal) -> None:
    ask(tx, place, "C’è un barbiere?")
    desk = access_desk(tx, chiara, PLACE_SLUG)
    [question] = list_open_questions(tx, desk).questions

    for _ in range(2):
        settle_question(tx, desk, question.id, words=WORDS)

    assert waiting(tx, chiara) == []
    assert access_open_question(tx, desk, question.id).settled_at == tx.now
    # Asked anew it waits anew: what was done did not help.
    ask(tx, place, "C’è un barbiere?")
    assert waiting(tx, chiara) == [("C’è un barbiere?", QuestionKind.UNANSWERED, 1)]


@pytest.mark.parametrize("question_id", ["nothing", "no\x00thing", "\ud800"])
def test_what_is_not_there_is_not_settled(
    tx: Transaction, chiara: Principal, question_id: str
) -> None:
    desk = access_desk(tx, chiara, PLACE_SLUG)

    with pytest.raises(ChatError, match="question_not_found"):
        settle_question(tx, desk, question_id, words=WORDS)


def test_a_question_of_another_place_is_not_there(
    tx: Transaction, place: PlaceId, chiara: Principal
) -> None:
    here = places.find(tx.db, place)
    places.add(tx.db, replace(here, id="beach", slug="beach"), created_at=tx.now)
    ask(tx, "beach", "Dove sono le docce?")
    question_id = tx.db.exec(select(tables.OpenQuestion.id)).one()
    desk = access_desk(tx, chiara, PLACE_SLUG)

    assert waiting(tx, chiara) == []
    with pytest.raises(NotFound):
        access_open_question(tx, desk, question_id)


def test_the_list_has_an_end(
    tx: Transaction, place: PlaceId, chiara: Principal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(open_questions, "MAX_OPEN", 3)

    for number in range(5):
        ask(tx, place, f"Domanda {number}")

    assert len(waiting(tx, chiara)) == 3
    desk = access_desk(tx, chiara, PLACE_SLUG)
    page = list_open_questions(tx, desk, limit=2)
    assert (len(page.questions), page.has_more) == (2, True)


def test_it_is_forgotten_in_time(
    tx: Transaction, place: PlaceId, clock: StoppedClock, chiara: Principal
) -> None:
    ask(tx, place, "C’è un barbiere?")
    ask(tx, place, "C’è un cinema?")
    desk = access_desk(tx, chiara, PLACE_SLUG)
    settle_question(tx, desk, list_open_questions(tx, desk).questions[0].id, words=WORDS)

    tx.now = clock.now + timedelta(days=29)
    assert forget_open_questions(tx) == 0
    tx.now = clock.now + timedelta(days=31)
    assert forget_open_questions(tx) == 1
    tx.now = clock.now + timedelta(days=91)
    assert forget_open_questions(tx) == 1
