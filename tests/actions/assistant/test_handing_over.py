"""A question that is handed over waits for staff with a name; its asker hears what comes of it."""

from uuid import uuid4

import pytest

from tests.actions.worlds import PLACE_SLUG, leave, make_staff, register
from treno_chat.actions.assistant import open_questions, staff_words
from treno_chat.actions.assistant.conversations import delete_conversation, start_conversation
from treno_chat.actions.assistant.desk import Desk, access_desk
from treno_chat.actions.assistant.handing_over import hand_over
from treno_chat.actions.assistant.open_questions import list_open_questions, note_unanswered
from treno_chat.actions.assistant.own_pages import get_own_page
from treno_chat.actions.assistant.settling import answer_with_page, settle_question
from treno_chat.actions.assistant.utterances import list_utterances, say_in_conversation
from treno_chat.actions.operations.staff import revoke
from treno_chat.actions.transaction import Transaction
from treno_chat.domain.assistant.conversations import STAFF, Conversation, Utterance
from treno_chat.domain.assistant.events import DeskChanged, QuestionHandedOver, UtteranceSaid
from treno_chat.domain.assistant.open_questions import OpenQuestion, QuestionKind
from treno_chat.domain.assistant.own_pages import PageDraft
from treno_chat.domain.door.sessions import Principal
from treno_chat.domain.ids import PlaceId
from treno_chat.domain.refusals import Conflict, InvalidForm, NotFound
from treno_chat.domain.words import LANGUAGES, Language, Words
from treno_chat.locales import words_in

WORDS: dict[Language, Words] = {language: words_in(language) for language in LANGUAGES}
BARBER = PageDraft(
    slug="barber",
    language="it",
    title="Il barbiere",
    topic="aboard",
    aliases="taglio di capelli",
    body="Il barbiere è nella carrozza 9, dalle {retention_hours}.",
)


@pytest.fixture
def tx(tx: Transaction, ada: Principal, bruno: Principal, chiara: Principal) -> Transaction:
    """The unit of work; all three have accounts in it, and chiara is staff."""
    for each in (ada, bruno, chiara):
        register(tx, each)
    make_staff(tx, chiara)
    return tx


@pytest.fixture
def talk(tx: Transaction, ada: Principal) -> Conversation:
    """A conversation of ada's."""
    return start_conversation(tx, ada)


@pytest.fixture
def question(tx: Transaction, ada: Principal, talk: Conversation) -> Utterance:
    """What ada asks in it."""
    return say_in_conversation(tx, ada, talk.id, text="C’è un barbiere?", client_id=str(uuid4()))


@pytest.fixture
def desk(tx: Transaction, chiara: Principal) -> Desk:
    """Where chiara works."""
    return access_desk(tx, chiara, PLACE_SLUG)


def give(tx: Transaction, who: Principal, question: Utterance) -> Utterance:
    return hand_over(tx, who, question.conversation_id, question.id, words=WORDS["it"])


def waiting(tx: Transaction, desk: Desk) -> list[OpenQuestion]:
    return list(list_open_questions(tx, desk).questions)


def said(tx: Transaction, who: Principal, talk: Conversation) -> list[str]:
    return [each.body for each in list_utterances(tx, who, talk.id).utterances]


def test_it_waits_for_staff_and_the_conversation_says_so(
    tx: Transaction,
    desk: Desk,
    question: Utterance,
    *,
    ada: Principal,
    chiara: Principal,
    talk: Conversation,
) -> None:
    told = give(tx, ada, question)

    assert QuestionHandedOver(place_slug=PLACE_SLUG, staff_ids=(chiara.user.id,)) in tx.outbox
    [waits] = waiting(tx, desk)
    assert (waits.body, waits.kind) == ("C’è un barbiere?", QuestionKind.HANDED_OVER)
    assert waits.asker is not None
    assert (waits.asker.id, waits.asker.alias) == (ada.user.id, "Ada")
    assert said(tx, ada, talk) == ["C’è un barbiere?", WORDS["it"].say("assistant.handed_over")]
    assert (told.answers_id, told.engine) == (question.id, STAFF)
    assert UtteranceSaid(user_id=ada.user.id, conversation_id=talk.id, utterance=told) in tx.outbox


def test_twice_is_the_same_as_once_by_the_question_or_its_answer(
    tx: Transaction, desk: Desk, question: Utterance, ada: Principal
) -> None:
    first = give(tx, ada, question)

    assert give(tx, ada, question) == first
    assert give(tx, ada, first) == first
    assert len(waiting(tx, desk)) == 1


def test_who_waits_for_an_answer_comes_first(
    tx: Transaction, place: PlaceId, desk: Desk, *, question: Utterance, ada: Principal
) -> None:
    give(tx, ada, question)
    note_unanswered(tx, place, question="C’è un cinema?", language="it")

    assert [each.body for each in waiting(tx, desk)] == ["C’è un barbiere?", "C’è un cinema?"]


def test_a_page_answers_it_and_the_asker_is_told(
    tx: Transaction, desk: Desk, question: Utterance, *, ada: Principal, talk: Conversation
) -> None:
    give(tx, ada, question)
    [waits] = waiting(tx, desk)

    answer_with_page(tx, desk, waits.id, BARBER, words=WORDS)

    assert waiting(tx, desk) == []
    assert get_own_page(tx, desk.place, "barber", "it").title == "Il barbiere"
    answer = list_utterances(tx, ada, talk.id).utterances[-1]
    assert answer.body == WORDS["it"].say("assistant.staff_answered")
    [source] = answer.sources
    assert (source.slug, source.language, source.updated) == ("barber", "it", tx.now.date())
    assert source.snippet == "Il barbiere è nella carrozza 9, dalle 48."


def test_a_slip_in_the_page_leaves_the_question_waiting(
    tx: Transaction, desk: Desk, question: Utterance, ada: Principal
) -> None:
    give(tx, ada, question)
    [waits] = waiting(tx, desk)
    slip = PageDraft(slug="", language="it", title="", topic="aboard", aliases="", body="x")

    with pytest.raises(InvalidForm):
        answer_with_page(tx, desk, waits.id, slip, words=WORDS)

    assert waiting(tx, desk) == [waits]


def test_settled_without_a_page_the_asker_is_told_once(
    tx: Transaction, desk: Desk, question: Utterance, *, ada: Principal, talk: Conversation
) -> None:
    give(tx, ada, question)
    [waits] = waiting(tx, desk)

    for _ in range(2):
        settle_question(tx, desk, waits.id, words=WORDS)

    assert said(tx, ada, talk)[2:] == [WORDS["it"].say("assistant.staff_settled")]
    settled = DeskChanged(place_slug=PLACE_SLUG, staff_ids=(desk.user_id,))
    assert tx.outbox.count(settled) == 1


def test_a_conversation_that_is_full_does_not_keep_staff_from_settling(
    tx: Transaction,
    desk: Desk,
    question: Utterance,
    *,
    ada: Principal,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    give(tx, ada, question)
    [waits] = waiting(tx, desk)
    monkeypatch.setattr(staff_words, "MAX_UTTERANCES", 2)

    settle_question(tx, desk, waits.id, words=WORDS)

    assert waiting(tx, desk) == []


def test_whoever_deletes_the_conversation_takes_the_question_back(
    tx: Transaction, desk: Desk, question: Utterance, *, ada: Principal, talk: Conversation
) -> None:
    give(tx, ada, question)

    delete_conversation(tx, ada, talk.id)

    assert waiting(tx, desk) == []


def test_nobody_hands_over_what_is_somebody_elses(
    tx: Transaction, desk: Desk, question: Utterance, *, bruno: Principal, ada: Principal
) -> None:
    own = start_conversation(tx, bruno)

    with pytest.raises(NotFound, match="conversation_not_found"):
        give(tx, bruno, question)
    with pytest.raises(NotFound, match="message_not_found"):
        hand_over(tx, bruno, own.id, question.id, words=WORDS["it"])
    with pytest.raises(NotFound, match="message_not_found"):
        hand_over(tx, ada, question.conversation_id, "\x00", words=WORDS["it"])

    assert waiting(tx, desk) == []


def test_where_there_is_no_place_or_no_staff_that_is_said(
    tx: Transaction, question: Utterance, ada: Principal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(open_questions, "MAX_OPEN", 0)
    with pytest.raises(Conflict, match="staff_busy"):
        give(tx, ada, question)
    leave(tx, ada)
    with pytest.raises(NotFound, match="not_here"):
        give(tx, ada, question)


def test_a_place_without_staff_is_no_help(
    tx: Transaction, question: Utterance, ada: Principal, chiara: Principal
) -> None:
    revoke(tx, PLACE_SLUG, chiara.user.id)

    with pytest.raises(Conflict, match="no_staff"):
        give(tx, ada, question)
