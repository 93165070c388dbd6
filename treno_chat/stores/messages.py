"""Messages in the database: writing them, and finding one."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, insert, select, update

from treno_chat.domain.ids import RoomId, UserId, VisitId
from treno_chat.domain.messages import Author, Message, MessageKind
from treno_chat.domain.people import Gender
from treno_chat.domain.places import Place
from treno_chat.stores import rooms, tables
from treno_chat.stores.keeping import still_kept


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


def append(
    db: Session, message: Message, *, visit_id: VisitId | None, expires_at: datetime
) -> Message | None:
    """Store a message under the room's next seq and rev; None when its client id is used.

    The room's row is counted up, and thereby held, as late as can be. The savepoint holds the
    count as well: a refused insert leaves no hole in the seqs.
    """
    try:
        with db.begin_nested():
            seq, rev = rooms.take_seq(db, message.room_id)
            numbered = replace(message, seq=seq, rev=rev)
            add(db, numbered, visit_id=visit_id, expires_at=expires_at)
    except IntegrityError:
        return None
    return numbered


def add(db: Session, message: Message, *, visit_id: VisitId | None, expires_at: datetime) -> None:
    """Store a message that has its seq and rev; raises IntegrityError if its client id is used."""
    values: dict[str, object] = {
        "id": message.id,
        "room_id": message.room_id,
        "seq": message.seq,
        "rev": message.rev,
        "client_id": message.client_id,
        "kind": message.kind,
        "body": message.body,
        "sent_at": message.sent_at,
        "visit_id": visit_id,
        "expires_at": expires_at,
    }
    if message.author is not None:
        values |= _author_values(message.author)
    db.exec(insert(tables.Message).values(values))


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
    )


def _author_values(author: Author) -> dict[str, object]:
    return {
        "author_id": author.id,
        "author_alias": author.alias,
        "author_gender": author.gender,
        "author_is_anonymous": author.is_anonymous,
        "author_is_staff": author.is_staff,
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
