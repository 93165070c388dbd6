"""Messages in the database: writing them, and finding one."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import bindparam
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select, update

from treno_chat.domain.ids import RoomId, UserId, VisitId
from treno_chat.domain.people import Gender
from treno_chat.domain.places import Place
from treno_chat.domain.talk.messages import Author, Message, MessageKind
from treno_chat.stores import tables
from treno_chat.stores.database import savepoint
from treno_chat.stores.talk import rooms
from treno_chat.stores.talk.keeping import still_kept

_message = tables.metadata.tables["message"]
_INSERT = _message.insert()
_SENT = select(_message.c.author_id, _message.c.client_id)
_SENT_ONE = _SENT.where(
    _message.c.author_id == bindparam("author_id"), _message.c.client_id == bindparam("client_id")
)
_SENT_SEVERAL = _SENT.where(
    _message.c.author_id.in_(bindparam("author_ids", expanding=True)),
    _message.c.client_id.in_(bindparam("client_ids", expanding=True)),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Unnumbered:
    """A message that is to take its room's next seq and rev, and what only its row knows."""

    message: Message
    visit_id: VisitId | None
    expires_at: datetime


def get(db: Session, room_id: RoomId, seq: int, *, place: Place, now: datetime) -> Message | None:
    """Return the message, a removed one included; None when there is none any more."""
    query = (
        select(tables.Message)
        .where(
            tables.Message.room_id == room_id,
            tables.Message.seq == seq,
            still_kept(place, now),
        )
        .execution_options(populate_existing=True)
    )
    row = db.exec(query).first()
    return None if row is None else to_message(row)


def get_sent(
    db: Session, author_id: UserId, client_id: str, *, place: Place, now: datetime
) -> Message | None:
    """Return what this author sent under this id, or None; what is over comes back emptied."""
    query = (
        select(tables.Message, still_kept(place, now))
        .where(tables.Message.author_id == author_id, tables.Message.client_id == client_id)
        .execution_options(populate_existing=True)
    )
    found = db.exec(query).first()
    if found is None:
        return None
    row, is_kept = found
    return to_message(row, is_removed=not is_kept)


def sent_among(db: Session, pairs: Collection[tuple[UserId, str]]) -> frozenset[tuple[UserId, str]]:
    """Return those pairs of author and client id under which something was sent."""
    if len(pairs) == 1:
        [(author_id, client_id)] = pairs
        one = {"author_id": author_id, "client_id": client_id}
        found = db.connection().execute(_SENT_ONE, one)
    else:
        several = {
            "author_ids": [author_id for author_id, _ in pairs],
            "client_ids": [client_id for _, client_id in pairs],
        }
        found = db.connection().execute(_SENT_SEVERAL, several)
    return frozenset((row[0], row[1]) for row in found).intersection(pairs)


def append(db: Session, drafts: Sequence[Unnumbered]) -> list[Message] | None:
    """Store messages under their rooms' next seqs and revs; None when one is refused.

    The rooms' rows are counted up, and thereby held, as late as can be. The savepoint holds the
    counts as well: a refused insert leaves no hole in the seqs.
    """
    try:
        with savepoint(db):
            numbered = _number(db, drafts)
            db.connection().execute(_INSERT, [_values(draft) for draft in numbered])
    except (IntegrityError, KeyError):
        return None
    return [draft.message for draft in numbered]


def add(db: Session, message: Message, *, visit_id: VisitId | None, expires_at: datetime) -> None:
    """Store a message that has its seq and rev."""
    draft = Unnumbered(message=message, visit_id=visit_id, expires_at=expires_at)
    db.connection().execute(_INSERT, [_values(draft)])


def change(db: Session, message: Message) -> bool:
    """Store a message's new text; False when it was removed meanwhile."""
    return _change(db, message, body=message.body, edited_at=message.edited_at)


def empty(db: Session, message: Message) -> bool:
    """Leave a tombstone: no text and no name; False when it was removed meanwhile.

    The author's id stays, unseen, so that a late retry of the sending does not bring it back,
    and what says whether a guest wrote it, so that the tombstone goes when the words would have.
    """
    return _change(
        db,
        message,
        removed_at=message.removed_at,
        body=None,
        author_alias=None,
        author_gender=None,
        author_is_staff=None,
    )


def to_message(row: tables.Message, *, is_removed: bool = False) -> Message:
    """Return the value of a row; one that was removed, or is taken as such, says nothing."""
    is_removed = is_removed or row.removed_at is not None
    return Message(
        id=row.id,
        room_id=row.room_id,
        seq=row.seq,
        rev=row.rev,
        client_id=row.client_id,
        kind=MessageKind(row.kind),
        author=None if is_removed else _author(row),
        body="" if is_removed else row.body or "",
        sent_at=row.sent_at,
        edited_at=row.edited_at,
        removed_at=row.removed_at or (row.expires_at if is_removed else None),
        # Whoever takes a message back stays its author, unseen; whoever goes for good does not.
        has_left=is_removed and row.author_id is None and row.kind == MessageKind.WORDS,
    )


def _number(db: Session, drafts: Sequence[Unnumbered]) -> list[Unnumbered]:
    wanted = Counter(draft.message.room_id for draft in drafts)
    left, numbered = Counter(wanted), list[Unnumbered]()
    taken = rooms.take_seqs(db, wanted)
    for draft in drafts:
        room_id = draft.message.room_id
        left[room_id] -= 1
        last_seq, last_rev = taken[room_id]
        message = replace(draft.message, seq=last_seq - left[room_id], rev=last_rev - left[room_id])
        numbered.append(replace(draft, message=message))
    return numbered


def _values(draft: Unnumbered) -> dict[str, object]:
    message, author = draft.message, draft.message.author
    return {
        "id": message.id,
        "room_id": message.room_id,
        "seq": message.seq,
        "rev": message.rev,
        "client_id": message.client_id,
        "kind": message.kind,
        "body": message.body,
        "sent_at": message.sent_at,
        "visit_id": draft.visit_id,
        "expires_at": draft.expires_at,
        "author_id": author and author.id,
        "author_alias": author and author.alias,
        "author_gender": author and author.gender,
        "author_is_anonymous": author and author.is_anonymous,
        "author_is_staff": author and author.is_staff,
    }


def _change(db: Session, message: Message, **values: object) -> bool:
    query = (
        update(tables.Message)
        .where(col(tables.Message.id) == message.id, col(tables.Message.removed_at).is_(None))
        .values(rev=message.rev, **values)
        .execution_options(synchronize_session=False)
    )
    return db.exec(query).rowcount == 1


def _author(row: tables.Message) -> Author | None:
    if row.author_id is None or row.author_alias is None or row.author_gender is None:
        return None
    return Author(
        id=row.author_id,
        alias=row.author_alias,
        gender=Gender(row.author_gender),
        is_anonymous=bool(row.author_is_anonymous),
        is_staff=bool(row.author_is_staff),
    )
