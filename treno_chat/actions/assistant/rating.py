"""Rating: whether an answer was right, by whoever asked; what was wrong goes to the staff."""

from dataclasses import replace

from treno_chat.actions.assistant.open_questions import note_wrong
from treno_chat.actions.assistant.utterances import access_utterance, said
from treno_chat.actions.transaction import Transaction
from treno_chat.assistant.languages import detect_language
from treno_chat.domain.assistant.conversations import Role, Utterance, require_rating
from treno_chat.domain.door.sessions import Principal
from treno_chat.domain.ids import ConversationId, UtteranceId
from treno_chat.domain.refusals import NotFound
from treno_chat.domain.words import AT_HOME
from treno_chat.stores.assistant import utterances

WRONG = -1


def rate_answer(
    tx: Transaction,
    principal: Principal,
    conversation_id: ConversationId,
    answer_id: UtteranceId,
    *,
    rating: int | None,
) -> Utterance:
    """Say whether an answer was right; None takes back what was said of it."""
    user_id, answer = access_utterance(tx, principal, conversation_id, answer_id)
    if answer.role is not Role.ASSISTANT:
        raise NotFound("message_not_found")
    rated = replace(answer, rating=require_rating(rating))
    if rated == answer:
        return answer
    utterances.rate(tx.db, answer.conversation_id, answer.id, rating)
    tx.outbox.append(said(user_id, rated))
    if rating == WRONG:
        _tell_staff(tx, answer)
    return rated


def _tell_staff(tx: Transaction, answer: Utterance) -> None:
    if answer.place_id is None or answer.answers_id is None:
        return
    question = utterances.get(tx.db, answer.conversation_id, answer.answers_id)
    if question is not None:
        language = detect_language(question.body, otherwise=AT_HOME)
        note_wrong(tx, answer.place_id, question=question.body, language=language)
