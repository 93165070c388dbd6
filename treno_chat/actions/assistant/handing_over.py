"""Handing a question over: it becomes a task of the staff of the place, with its asker's name."""

from treno_chat.actions.assistant.conversations import access_conversation
from treno_chat.actions.assistant.open_questions import make_room
from treno_chat.actions.assistant.staff_words import say_for_staff
from treno_chat.actions.transaction import Transaction
from treno_chat.assistant.languages import detect_language
from treno_chat.domain.assistant.conversations import Conversation, Role, Utterance
from treno_chat.domain.assistant.events import QuestionHandedOver
from treno_chat.domain.assistant.open_questions import Asker, OpenQuestion, QuestionKind
from treno_chat.domain.door.sessions import Principal
from treno_chat.domain.ids import (
    ConversationId,
    PlaceId,
    UserId,
    UtteranceId,
    is_plain,
    new_id,
)
from treno_chat.domain.refusals import Conflict, NotFound
from treno_chat.domain.words import Words
from treno_chat.stores.assistant import open_questions, utterances
from treno_chat.stores.operations import staff
from treno_chat.stores.talk import places


def hand_over(
    tx: Transaction,
    principal: Principal,
    conversation_id: ConversationId,
    utterance_id: UtteranceId,
    *,
    words: Words,
) -> Utterance:
    """Pass a question on to the staff of the place, named by itself or by its answer.

    From now on they know whose it is. What the conversation is told of it is returned; twice is
    the same as once.
    """
    user_id, conversation = access_conversation(tx, principal, conversation_id, is_held=True)
    question = _question(tx, conversation, utterance_id)
    # Under this there is one word of it, however often it is asked for.
    client_id = f"handed-over:{question.id}"
    told = utterances.get_sent(tx.db, conversation.id, client_id)
    if told is not None:
        return told
    place_id = _place_of(tx, user_id, conversation, question)
    staff_ids = staff.ids_of(tx.db, place_id)
    if not staff_ids:
        raise Conflict("no_staff")
    if not make_room(tx, place_id):
        raise Conflict("staff_busy")
    waiting = OpenQuestion(
        id=new_id(),
        kind=QuestionKind.HANDED_OVER,
        body=question.body,
        language=detect_language(question.body, otherwise=words.language),
        times=1,
        asked_at=tx.now,
        asker=Asker(id=user_id, alias=principal.user.alias),
        utterance_id=question.id,
    )
    open_questions.add(tx.db, place_id, waiting)
    slug = places.find(tx.db, place_id).slug
    tx.outbox.append(QuestionHandedOver(place_slug=slug, staff_ids=staff_ids))
    return say_for_staff(
        tx,
        user_id,
        conversation,
        answers_id=question.id,
        place_id=place_id,
        body=words.say("assistant.handed_over"),
        client_id=client_id,
    )


def _question(tx: Transaction, conversation: Conversation, utterance_id: UtteranceId) -> Utterance:
    """Return the question that is meant, perhaps by one of its answers."""
    meant = utterance_id if is_plain(utterance_id) else ""
    found = utterances.get(tx.db, conversation.id, meant)
    if found is not None and found.answers_id is not None:
        found = utterances.get(tx.db, conversation.id, found.answers_id)
    if found is None or found.role is not Role.USER:
        raise NotFound("message_not_found")
    return found


def _place_of(
    tx: Transaction, user_id: UserId, conversation: Conversation, question: Utterance
) -> PlaceId:
    """Return the place whose pages were asked, else the one where the person is."""
    answer = utterances.newest_answer(tx.db, conversation.id, question.id)
    if answer is not None and answer.place_id is not None:
        return answer.place_id
    visited = places.all_visited(tx.db, user_id, now=tx.now)
    if not visited:
        raise NotFound("not_here")
    return visited[0][0].id
