"""A question that waits with a name and without one stands once at the desk, and says both."""

from uuid import uuid4

import pytest

from tests.actions.worlds import PLACE_SLUG, make_staff, register
from treno_chat.actions.assistant.conversations import delete_conversation, start_conversation
from treno_chat.actions.assistant.desk import Desk, access_desk
from treno_chat.actions.assistant.handing_over import hand_over
from treno_chat.actions.assistant.open_questions import (
    list_open_questions,
    note_unanswered,
    note_wrong,
)
from treno_chat.actions.assistant.settling import settle_question
from treno_chat.actions.assistant.utterances import say_in_conversation
from treno_chat.actions.transaction import Transaction
from treno_chat.domain.assistant.conversations import Conversation
from treno_chat.domain.assistant.open_questions import OpenQuestion, QuestionKind
from treno_chat.domain.door.sessions import Principal
from treno_chat.domain.ids import PlaceId
from treno_chat.domain.words import LANGUAGES, Language, Words
from treno_chat.locales import words_in

WORDS: dict[Language, Words] = {language: words_in(language) for language in LANGUAGES}
BARBER = "C’è un barbiere?"


@pytest.fixture
def desk(tx: Transaction, ada: Principal, bruno: Principal, chiara: Principal) -> Desk:
    """Where chiara works; all three have accounts."""
    for each in (ada, bruno, chiara):
        register(tx, each)
    make_staff(tx, chiara)
    return access_desk(tx, chiara, PLACE_SLUG)


def hands_over(tx: Transaction, who: Principal) -> Conversation:
    talk = start_conversation(tx, who)
    asked = say_in_conversation(tx, who, talk.id, text=BARBER, client_id=str(uuid4()))
    hand_over(tx, who, talk.id, asked.id, words=WORDS["it"])
    return talk


def waiting(tx: Transaction, desk: Desk) -> list[OpenQuestion]:
    return list(list_open_questions(tx, desk).questions)


def test_it_stands_once_and_says_both(
    tx: Transaction, place: PlaceId, desk: Desk, ada: Principal
) -> None:
    for _ in range(3):
        note_unanswered(tx, place, question="c’è un BARBIERE", language="it")
    note_wrong(tx, place, question=BARBER, language="it")
    hands_over(tx, ada)
    note_unanswered(tx, place, question="C’è un cinema?", language="it")

    barber, cinema = waiting(tx, desk)
    assert barber.asker is not None
    assert (barber.kind, barber.times) == (QuestionKind.HANDED_OVER, 3)
    assert barber.also == (QuestionKind.UNANSWERED, QuestionKind.WRONG)
    assert (cinema.kind, cinema.also) == (QuestionKind.UNANSWERED, ())


def test_settled_it_is_settled_whole_and_whoever_else_waits_waits_on(
    tx: Transaction, place: PlaceId, desk: Desk, *, ada: Principal, bruno: Principal
) -> None:
    note_unanswered(tx, place, question=BARBER, language="it")
    hands_over(tx, ada)
    hands_over(tx, bruno)
    adas = next(each for each in waiting(tx, desk) if each.asker and each.asker.alias == "Ada")

    settle_question(tx, desk, adas.id, words=WORDS)

    [brunos] = waiting(tx, desk)
    assert brunos.asker is not None
    assert (brunos.asker.id, brunos.also) == (bruno.user.id, ())
    settle_question(tx, desk, brunos.id, words=WORDS)
    assert waiting(tx, desk) == []


def test_it_waits_on_without_a_name_when_its_asker_takes_the_name_away(
    tx: Transaction, place: PlaceId, desk: Desk, ada: Principal
) -> None:
    note_unanswered(tx, place, question=BARBER, language="it")
    talk = hands_over(tx, ada)

    delete_conversation(tx, ada, talk.id)

    assert [each.kind for each in waiting(tx, desk)] == [QuestionKind.UNANSWERED]
