"""What is being answered right now, one thing for each person; every process sees the same."""

from datetime import datetime

from sqlalchemy import bindparam
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, delete, select, update

from treno_chat.domain.ids import UserId, UtteranceId
from treno_chat.stores import tables

_run = tables.metadata.tables["answerrun"]
_is_theirs = _run.c.user_id == bindparam("who")
# Built once, and of columns: every answer asks these.
_BUSY = select(_run.c.question_id).where(_is_theirs, _run.c.begun_at > bindparam("stale"))
_RELEASE = delete(_run).where(_is_theirs, _run.c.question_id == bindparam("about"))


def claim(
    db: Session, user_id: UserId, question_id: UtteranceId, *, now: datetime, stale: datetime
) -> bool:
    """Begin to answer; False while something else is answered that began after `stale`."""
    crashed = delete(tables.AnswerRun).where(
        col(tables.AnswerRun.user_id) == user_id, col(tables.AnswerRun.begun_at) <= stale
    )
    db.exec(crashed.execution_options(synchronize_session=False))
    is_postgres = db.get_bind().dialect.name == "postgresql"
    insert = postgresql.insert if is_postgres else sqlite.insert
    row = {
        "user_id": user_id,
        "question_id": question_id,
        "begun_at": now,
        "is_stopped": False,
    }
    query = insert(tables.AnswerRun).values(row).on_conflict_do_nothing()
    return db.connection().execute(query).rowcount == 1


def is_busy(db: Session, user_id: UserId, *, stale: datetime) -> bool:
    """Say whether something is being answered to a person that began after `stale`."""
    asked = {"who": user_id, "stale": stale}
    return db.connection().execute(_BUSY, asked).first() is not None


def release(db: Session, user_id: UserId, question_id: UtteranceId) -> bool:
    """Be done with a question; False when somebody else has taken over meanwhile."""
    meant = {"who": user_id, "about": question_id}
    return db.connection().execute(_RELEASE, meant).rowcount == 1


def stop(db: Session, user_id: UserId, question_id: UtteranceId) -> bool:
    """Ask whoever answers to stop; False when nobody does."""
    query = (
        update(tables.AnswerRun)
        .where(
            col(tables.AnswerRun.user_id) == user_id,
            col(tables.AnswerRun.question_id) == question_id,
        )
        .values(is_stopped=True)
    )
    return db.exec(query.execution_options(synchronize_session=False)).rowcount == 1


def is_stopped(db: Session, user_id: UserId, question_id: UtteranceId) -> bool:
    """Say whether to stop: it was asked for, or the question is no more."""
    query = select(tables.AnswerRun.is_stopped).where(
        tables.AnswerRun.user_id == user_id, tables.AnswerRun.question_id == question_id
    )
    return db.exec(query).first() is not False
