"""Open questions: noted without a name, listed at the desk of the place, settled there."""

from datetime import datetime
from uuid import uuid4

from treno_chat.actions.assistant.desk import Desk
from treno_chat.actions.transaction import Transaction
from treno_chat.domain.assistant.open_questions import (
    KEPT_OPEN,
    KEPT_SETTLED,
    MAX_OPEN,
    PAGE_SIZE,
    OpenQuestion,
    OpenQuestionPage,
    QuestionKind,
    folded_question,
)
from treno_chat.domain.ids import OpenQuestionId, PlaceId, is_plain
from treno_chat.domain.refusals import NotFound
from treno_chat.domain.words import Language
from treno_chat.stores.assistant import open_questions
from treno_chat.stores.talk import places


def note_unanswered(
    tx: Transaction, place_id: PlaceId, *, question: str, language: Language
) -> None:
    """Keep a question that the pages of a place do not answer; not whose it was."""
    _note(tx, place_id, QuestionKind.UNANSWERED, question=question, language=language)


def note_wrong(tx: Transaction, place_id: PlaceId, *, question: str, language: Language) -> None:
    """Keep a question whose answer somebody called wrong; not whose it was."""
    _note(tx, place_id, QuestionKind.WRONG, question=question, language=language)


def list_open_questions(tx: Transaction, desk: Desk, *, limit: int = PAGE_SIZE) -> OpenQuestionPage:
    """Return the questions that wait: those of people who wait for an answer first."""
    found = open_questions.waiting(tx.db, desk.place.id, limit=limit + 1)
    return OpenQuestionPage(questions=tuple(found[:limit]), has_more=len(found) > limit)


def access_open_question(
    tx: Transaction, desk: Desk, question_id: OpenQuestionId, *, is_held: bool = False
) -> OpenQuestion:
    """Return a question of the desk's place, settled or not."""
    found = (
        open_questions.get(tx.db, desk.place.id, question_id, is_held=is_held)
        if is_plain(question_id)
        else None
    )
    if found is None:
        raise NotFound("question_not_found")
    return found


def is_waiting(tx: Transaction, desk: Desk, question_id: OpenQuestionId) -> bool:
    """Say whether a question of the desk's place is there and nobody has settled it yet."""
    try:
        return access_open_question(tx, desk, question_id).settled_at is None
    except NotFound:
        return False


def forget_open_questions(tx: Transaction) -> int:
    """Delete what was settled a month ago, and what nobody looked at for three."""
    return open_questions.remove_old(
        tx.db, settled_before=tx.now - KEPT_SETTLED, asked_before=tx.now - KEPT_OPEN
    )


def make_room(tx: Transaction, place_id: PlaceId) -> bool:
    """Make sure that one more question may wait; False when all that wait have a name.

    Nor does any wait where there is no place any more.
    """
    # Held, so that counting and adding are one.
    if not places.hold(tx.db, place_id):
        return False
    if open_questions.count_open(tx.db, place_id) < MAX_OPEN:
        return True
    return open_questions.remove_oldest_nameless(tx.db, place_id)


def _note(
    tx: Transaction, place_id: PlaceId, kind: QuestionKind, *, question: str, language: Language
) -> None:
    # Nothing but signs: there is nothing to answer.
    if not folded_question(question):
        return
    # Held before any question there is: so do all who hold both.
    if not places.hold(tx.db, place_id):
        return
    today = _day(tx.now)
    if open_questions.count_once_more(tx.db, place_id, question, kind, now=today):
        return
    if make_room(tx, place_id):
        noted = OpenQuestion(
            # An id of ours, and the very minute, would tell who was here and asked just then.
            id=str(uuid4()),
            kind=kind,
            body=question,
            language=language,
            times=1,
            asked_at=today,
        )
        open_questions.add(tx.db, place_id, noted)


def _day(now: datetime) -> datetime:
    return now.replace(hour=0, minute=0, second=0, microsecond=0)
