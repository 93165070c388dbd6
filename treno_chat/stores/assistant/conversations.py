"""Conversations in the database; whose they are is part of every question."""

from typing import Any

from sqlalchemy import ColumnElement, bindparam
from sqlalchemy import select as select_columns
from sqlmodel import Session, and_, col, delete, func, or_, select, update

from treno_chat.domain.assistant.conversations import Behind, Conversation
from treno_chat.domain.assistant.searching import ConversationFilter, Search, fold
from treno_chat.domain.ids import ConversationId, UserId, UtteranceId
from treno_chat.stores import tables

_talk = tables.metadata.tables["conversation"]
_is_meant = _talk.c.id == bindparam("which")
_is_theirs = _is_meant & (_talk.c.user_id == bindparam("who"))
# Built once, and of columns: every question and every answer asks these.
_GET = select_columns(_talk).where(_is_theirs)
_HOLD = _GET.with_for_update()
_COUNT = select_columns(func.count()).where(_talk.c.user_id == bindparam("who"))
_NAMES = ("title", "folded", "updated_at")
_CHANGE = (
    update(_talk)
    .where(_is_theirs)
    .values({name: bindparam(f"new_{name}", type_=_talk.c[name].type) for name in _NAMES})
)
_TAKE_SEQ = (
    update(_talk).where(_is_meant).values(last_seq=_talk.c.last_seq + 1).returning(_talk.c.last_seq)
)
_STAND = select_columns(_talk.c.last_seq, _talk.c.pending).where(_is_meant)
_KEEP_PENDING = update(_talk).where(_is_meant).values(pending=bindparam("new_pending"))


def add(db: Session, user_id: UserId, conversation: Conversation) -> None:
    """Store a new conversation."""
    row = tables.Conversation(
        id=conversation.id,
        user_id=user_id,
        title=conversation.title,
        folded=fold(conversation.title),
        created_at=conversation.created_at,
        updated_at=conversation.updated_at,
    )
    db.add(row)
    db.flush()


def get(
    db: Session, user_id: UserId, conversation_id: ConversationId, *, is_held: bool = False
) -> Conversation | None:
    """Return a person's conversation, kept as it is until the unit ends if it `is_held`."""
    about = {"which": conversation_id, "who": user_id}
    row = db.connection().execute(_HOLD if is_held else _GET, about).first()
    return None if row is None else _conversation(row)


def page(
    db: Session,
    user_id: UserId,
    *,
    behind: Behind | None,
    limit: int,
    search: Search | None = None,
) -> list[Conversation]:
    """Return a person's conversations, the one that changed last first."""
    updated_at, id_ = col(tables.Conversation.updated_at), col(tables.Conversation.id)
    query = select(tables.Conversation).where(tables.Conversation.user_id == user_id)
    if search is not None:
        query = query.where(*_found_by(search, user_id))
    if behind is not None:
        query = query.where(
            or_(
                updated_at < behind.updated_at,
                and_(updated_at == behind.updated_at, id_ < behind.id),
            )
        )
    query = query.order_by(updated_at.desc(), id_.desc()).limit(limit)
    rows = db.exec(query.execution_options(populate_existing=True)).all()
    return [_conversation(row) for row in rows]


def of_utterance(db: Session, user_id: UserId, utterance_id: UtteranceId) -> Conversation | None:
    """Return the conversation in which a person said something, held until the unit ends."""
    query = (
        select(tables.Conversation)
        .join(tables.Utterance, col(tables.Utterance.conversation_id) == tables.Conversation.id)
        .where(tables.Conversation.user_id == user_id, tables.Utterance.id == utterance_id)
        .with_for_update(of=tables.Conversation)
    )
    row = db.exec(query.execution_options(populate_existing=True)).first()
    return None if row is None else _conversation(row)


def count(db: Session, user_id: UserId) -> int:
    """Return how many conversations a person has."""
    return db.connection().execute(_COUNT, {"who": user_id}).scalar_one()


def change(db: Session, user_id: UserId, conversation: Conversation) -> None:
    """Store a conversation's title and when it changed last."""
    new = {
        "new_title": conversation.title,
        "new_folded": fold(conversation.title),
        "new_updated_at": conversation.updated_at,
    }
    db.connection().execute(_CHANGE, {"which": conversation.id, "who": user_id, **new})


def remove(db: Session, user_id: UserId, conversation_id: ConversationId) -> bool:
    """Delete a conversation with all that was said in it; False when there is none to delete."""
    query = delete(tables.Conversation).where(
        col(tables.Conversation.id) == conversation_id,
        col(tables.Conversation.user_id) == user_id,
    )
    return db.exec(query.execution_options(synchronize_session=False)).rowcount == 1


def take_seq(db: Session, conversation_id: ConversationId) -> int:
    """Return the number of what is said next."""
    return db.connection().execute(_TAKE_SEQ, {"which": conversation_id}).scalar_one()


def stand(db: Session, conversation_id: ConversationId) -> tuple[int, str]:
    """Return the number of what was said last, and what was asked back as it was written, if so."""
    last_seq, pending = db.connection().execute(_STAND, {"which": conversation_id}).one()
    return last_seq, pending


def keep_pending(db: Session, conversation_id: ConversationId, pending: str) -> None:
    """Keep what the assistant asks back."""
    db.connection().execute(_KEEP_PENDING, {"which": conversation_id, "new_pending": pending})


def _found_by(search: Search, user_id: UserId) -> list[ColumnElement[bool]]:
    """Return what has to be true of a conversation; each word may stand anywhere in it."""
    said = select(tables.Utterance.id).where(
        tables.Utterance.user_id == user_id,
        col(tables.Utterance.conversation_id) == col(tables.Conversation.id),
    )
    conditions: list[ColumnElement[bool]] = [
        or_(
            col(tables.Conversation.folded).contains(word, autoescape=True),
            said.where(col(tables.Utterance.folded).contains(word, autoescape=True)).exists(),
        )
        for word in search.words
    ]
    match search.which:
        case ConversationFilter.SOURCED:
            has_sources = col(tables.Utterance.sources) != "[]"
            conditions.append(
                said.where(has_sources, col(tables.Utterance.is_refusal).is_(False)).exists()
            )
        case ConversationFilter.UNANSWERED:
            conditions.append(said.where(col(tables.Utterance.is_refusal)).exists())
        case ConversationFilter.ALL:
            pass
    if search.since is not None:
        conditions.append(col(tables.Conversation.updated_at) >= search.since)
    return conditions


def _conversation(row: Any) -> Conversation:  # noqa: ANN401 -- a row knows its columns only when it runs
    return Conversation(
        id=row.id, title=row.title, created_at=row.created_at, updated_at=row.updated_at
    )
