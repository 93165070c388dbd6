"""What was said in conversations."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from sqlmodel import Session, and_, col, func, select, update

from treno_chat.domain.assistant.conversations import (
    STAFF,
    Role,
    Source,
    Utterance,
    UtteranceStatus,
)
from treno_chat.domain.assistant.searching import fold
from treno_chat.domain.ids import ConversationId, UserId, UtteranceId
from treno_chat.stores import tables


def add(db: Session, user_id: UserId, utterance: Utterance) -> None:
    """Store what was said."""
    row = tables.Utterance(
        id=utterance.id,
        conversation_id=utterance.conversation_id,
        user_id=user_id,
        seq=utterance.seq,
        client_id=utterance.client_id,
        role=utterance.role,
        status=utterance.status,
        body=utterance.body,
        sources=json.dumps([_written(source) for source in utterance.sources]),
        answers_id=utterance.answers_id,
        place_id=utterance.place_id,
        engine=utterance.engine,
        latency_ms=utterance.latency_ms,
        is_degraded=utterance.is_degraded,
        is_refusal=utterance.is_refusal,
        is_truncated=utterance.is_truncated,
        has_acted=utterance.has_acted,
        rating=utterance.rating,
        folded=fold(utterance.body),
        said_at=utterance.said_at,
    )
    db.add(row)
    db.flush()


def get(
    db: Session, conversation_id: ConversationId, utterance_id: UtteranceId
) -> Utterance | None:
    """Return one thing that was said in a conversation."""
    query = select(tables.Utterance).where(
        tables.Utterance.conversation_id == conversation_id, tables.Utterance.id == utterance_id
    )
    row = db.exec(query).first()
    return None if row is None else _utterance(row)


def get_sent(db: Session, conversation_id: ConversationId, client_id: str) -> Utterance | None:
    """Return what was said under a client's id, or None."""
    query = select(tables.Utterance).where(
        tables.Utterance.conversation_id == conversation_id,
        tables.Utterance.client_id == client_id,
    )
    row = db.exec(query).first()
    return None if row is None else _utterance(row)


def answers_to(
    db: Session, conversation_id: ConversationId, question_id: UtteranceId
) -> list[Utterance]:
    """Return the answers that a question got, the newest first; what staff say of it is none."""
    query = (
        select(tables.Utterance)
        .where(
            tables.Utterance.conversation_id == conversation_id,
            tables.Utterance.answers_id == question_id,
            tables.Utterance.engine != STAFF,
        )
        .order_by(col(tables.Utterance.seq).desc())
    )
    rows = db.exec(query.execution_options(populate_existing=True)).all()
    return [_utterance(row) for row in rows]


def newest_answer(
    db: Session, conversation_id: ConversationId, question_id: UtteranceId
) -> Utterance | None:
    """Return the last of these, or None."""
    return next(iter(answers_to(db, conversation_id, question_id)), None)


def get_of_person(db: Session, user_id: UserId, client_id: str) -> Utterance | None:
    """Return what a person said under a client's id, in whichever conversation."""
    query = select(tables.Utterance).where(
        tables.Utterance.user_id == user_id, tables.Utterance.client_id == client_id
    )
    row = db.exec(query).first()
    return None if row is None else _utterance(row)


def newest_with(
    db: Session, conversation_ids: Sequence[ConversationId], word: str
) -> dict[ConversationId, Utterance]:
    """Return what was said last with a word in it, in each of some conversations."""
    newest = (
        select(func.max(tables.Utterance.seq), tables.Utterance.conversation_id)
        .where(
            col(tables.Utterance.conversation_id).in_(conversation_ids),
            col(tables.Utterance.folded).contains(word, autoescape=True),
        )
        .group_by(col(tables.Utterance.conversation_id))
        .subquery()
    )
    query = select(tables.Utterance).join(
        newest,
        and_(
            col(tables.Utterance.conversation_id) == newest.c.conversation_id,
            col(tables.Utterance.seq) == newest.c[0],
        ),
    )
    found = map(_utterance, db.exec(query.execution_options(populate_existing=True)).all())
    return {utterance.conversation_id: utterance for utterance in found}


def last_bodies(
    db: Session, conversation_ids: Sequence[ConversationId]
) -> dict[ConversationId, str]:
    """Return what was said last in each of some conversations, if anything was."""
    query = (
        select(tables.Utterance.conversation_id, tables.Utterance.body)
        .join(
            tables.Conversation,
            and_(
                col(tables.Conversation.id) == col(tables.Utterance.conversation_id),
                col(tables.Conversation.last_seq) == col(tables.Utterance.seq),
            ),
        )
        .where(col(tables.Conversation.id).in_(conversation_ids))
    )
    return dict(db.exec(query).all())


def rate(
    db: Session, conversation_id: ConversationId, utterance_id: UtteranceId, rating: int | None
) -> None:
    """Store whether an answer was right."""
    query = (
        update(tables.Utterance)
        .where(
            col(tables.Utterance.conversation_id) == conversation_id,
            col(tables.Utterance.id) == utterance_id,
        )
        .values(rating=rating)
    )
    db.exec(query.execution_options(synchronize_session=False))


def page_before(
    db: Session, conversation_id: ConversationId, *, before_seq: int | None, limit: int
) -> list[Utterance]:
    """Return what was said last, or before `before_seq`; the newest first."""
    query = select(tables.Utterance).where(tables.Utterance.conversation_id == conversation_id)
    if before_seq is not None:
        query = query.where(tables.Utterance.seq < before_seq)
    query = query.order_by(col(tables.Utterance.seq).desc()).limit(limit)
    rows = db.exec(query.execution_options(populate_existing=True)).all()
    return [_utterance(row) for row in rows]


def _utterance(row: tables.Utterance) -> Utterance:
    return Utterance(
        id=row.id,
        conversation_id=row.conversation_id,
        seq=row.seq,
        client_id=row.client_id,
        role=Role(row.role),
        status=UtteranceStatus(row.status),
        body=row.body,
        said_at=row.said_at,
        sources=tuple(map(_source, json.loads(row.sources))),
        answers_id=row.answers_id,
        place_id=row.place_id,
        engine=row.engine,
        latency_ms=row.latency_ms,
        is_degraded=row.is_degraded,
        is_refusal=row.is_refusal,
        is_truncated=row.is_truncated,
        has_acted=row.has_acted,
        rating=row.rating,
    )


def _written(source: Source) -> dict[str, Any]:
    return asdict(source) | {"updated": source.updated and source.updated.isoformat()}


def _source(written: dict[str, Any]) -> Source:
    updated = written.pop("updated", None)
    return Source(**written, updated=updated and date.fromisoformat(updated))
