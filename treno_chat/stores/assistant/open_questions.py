"""Open questions in the database; which place they are of is part of every question asked."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, delete, exists, func, or_, select, update
from sqlmodel.sql.expression import Select

from treno_chat.domain.assistant.open_questions import (
    Asker,
    OpenQuestion,
    QuestionKind,
    folded_question,
)
from treno_chat.domain.ids import OpenQuestionId, PlaceId
from treno_chat.domain.words import LANGUAGES
from treno_chat.stores import tables


def add(db: Session, place_id: PlaceId, question: OpenQuestion) -> None:
    """Store a question."""
    row = tables.OpenQuestion(
        id=question.id,
        place_id=place_id,
        kind=question.kind,
        body=question.body,
        folded=folded_question(question.body),
        language=question.language,
        times=question.times,
        asked_at=question.asked_at,
        user_id=question.asker and question.asker.id,
        utterance_id=question.utterance_id,
    )
    db.add(row)
    db.flush()


def count_once_more(
    db: Session, place_id: PlaceId, body: str, kind: QuestionKind, *, now: datetime
) -> bool:
    """Count a question that waits already without a name; False when there is none."""
    query = (
        update(tables.OpenQuestion)
        .where(
            col(tables.OpenQuestion.place_id) == place_id,
            col(tables.OpenQuestion.folded) == folded_question(body),
            col(tables.OpenQuestion.kind) == kind,
            col(tables.OpenQuestion.user_id).is_(None),
            col(tables.OpenQuestion.settled_at).is_(None),
        )
        .values(times=col(tables.OpenQuestion.times) + 1, asked_at=now)
        .execution_options(synchronize_session=False)
    )
    return db.exec(query).rowcount > 0


def get(
    db: Session, place_id: PlaceId, question_id: OpenQuestionId, *, is_held: bool = False
) -> OpenQuestion | None:
    """Return a question of a place, kept as it is until the unit ends if it `is_held`."""
    query = _questions().where(
        tables.OpenQuestion.place_id == place_id, tables.OpenQuestion.id == question_id
    )
    if is_held:
        query = query.with_for_update(of=tables.OpenQuestion)
    found = db.exec(query.execution_options(populate_existing=True)).first()
    return None if found is None else _question(*found)


def waiting(db: Session, place_id: PlaceId, *, limit: int) -> list[OpenQuestion]:
    """Return the questions of a place that wait: those with a name first, then the newest.

    What waits without a name as well as with one is told there, and not a second time.
    """
    named = aliased(tables.OpenQuestion)
    is_told_there = exists().where(
        col(named.place_id) == place_id,
        col(named.folded) == col(tables.OpenQuestion.folded),
        col(named.user_id).is_not(None),
        col(named.settled_at).is_(None),
    )
    query = (
        _questions()
        .where(
            tables.OpenQuestion.place_id == place_id,
            col(tables.OpenQuestion.settled_at).is_(None),
            or_(col(tables.OpenQuestion.user_id).is_not(None), ~is_told_there),
        )
        .order_by(
            col(tables.OpenQuestion.user_id).is_(None),
            col(tables.OpenQuestion.asked_at).desc(),
            col(tables.OpenQuestion.id).desc(),
        )
        .limit(limit)
    )
    found = db.exec(query.execution_options(populate_existing=True)).all()
    nameless = _nameless(db, place_id, [row.folded for row, alias in found if alias])
    return [_told_once(_question(*one), nameless[one[0].folded]) for one in found]


def count_open(db: Session, place_id: PlaceId) -> int:
    """Return how many questions wait at a place."""
    query = select(func.count()).where(
        col(tables.OpenQuestion.place_id) == place_id,
        col(tables.OpenQuestion.settled_at).is_(None),
    )
    return db.exec(query).one()


def remove_oldest_nameless(db: Session, place_id: PlaceId) -> bool:
    """Delete the question without a name that was asked the longest ago; False without one."""
    oldest = (
        select(tables.OpenQuestion.id)
        .where(
            tables.OpenQuestion.place_id == place_id,
            col(tables.OpenQuestion.user_id).is_(None),
            col(tables.OpenQuestion.settled_at).is_(None),
        )
        .order_by(col(tables.OpenQuestion.asked_at), col(tables.OpenQuestion.id))
        .limit(1)
    )
    query = delete(tables.OpenQuestion).where(col(tables.OpenQuestion.id).in_(oldest))
    return db.exec(query.execution_options(synchronize_session=False)).rowcount > 0


def settle(db: Session, question_id: OpenQuestionId, *, now: datetime) -> None:
    """Store that a question waits no more."""
    query = (
        update(tables.OpenQuestion)
        .where(col(tables.OpenQuestion.id) == question_id)
        .values(settled_at=now)
        .execution_options(synchronize_session=False)
    )
    db.exec(query)


def settle_nameless(db: Session, place_id: PlaceId, body: str, *, now: datetime) -> None:
    """Store that what was asked in these words without a name waits no more."""
    query = (
        update(tables.OpenQuestion)
        .where(
            col(tables.OpenQuestion.place_id) == place_id,
            col(tables.OpenQuestion.folded) == folded_question(body),
            col(tables.OpenQuestion.user_id).is_(None),
            col(tables.OpenQuestion.settled_at).is_(None),
        )
        .values(settled_at=now)
        .execution_options(synchronize_session=False)
    )
    db.exec(query)


def remove_old(db: Session, *, settled_before: datetime, asked_before: datetime) -> int:
    """Delete what was settled, or last asked, before these times, and say how many."""
    query = delete(tables.OpenQuestion).where(
        or_(
            col(tables.OpenQuestion.settled_at) < settled_before,
            col(tables.OpenQuestion.asked_at) < asked_before,
        )
    )
    return db.exec(query.execution_options(synchronize_session=False)).rowcount


def _questions() -> "Select[tables.OpenQuestion, str]":
    return select(tables.OpenQuestion, tables.User.alias).join(
        tables.User, col(tables.User.id) == col(tables.OpenQuestion.user_id), isouter=True
    )


def _nameless(
    db: Session, place_id: PlaceId, folded: Collection[str]
) -> defaultdict[str, list[tables.OpenQuestion]]:
    """Return what waits without a name, by what it says."""
    query = select(tables.OpenQuestion).where(
        tables.OpenQuestion.place_id == place_id,
        col(tables.OpenQuestion.folded).in_(folded),
        col(tables.OpenQuestion.user_id).is_(None),
        col(tables.OpenQuestion.settled_at).is_(None),
    )
    found: defaultdict[str, list[tables.OpenQuestion]] = defaultdict(list)
    for row in db.exec(query.execution_options(populate_existing=True)) if folded else ():
        found[row.folded].append(row)
    return found


def _told_once(question: OpenQuestion, nameless: Sequence[tables.OpenQuestion]) -> OpenQuestion:
    if not nameless:
        return question
    # Whoever handed it over is among those who asked: nobody is counted twice.
    return replace(
        question,
        also=tuple(sorted(QuestionKind(row.kind) for row in nameless)),
        times=max(question.times, *(row.times for row in nameless)),
    )


def _question(row: tables.OpenQuestion, alias: str | None) -> OpenQuestion:
    # Of a question without a name there is nobody to join.
    asker = Asker(id=row.user_id, alias=alias) if row.user_id and alias else None
    return OpenQuestion(
        id=row.id,
        kind=QuestionKind(row.kind),
        body=row.body,
        language=next(language for language in LANGUAGES if language == row.language),
        times=row.times,
        asked_at=row.asked_at,
        asker=asker,
        utterance_id=row.utterance_id,
        settled_at=row.settled_at,
    )
