"""What is kept no longer: finding it by the indexes, and deleting it for good."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime

from sqlmodel import Session, col, delete, not_, select

from treno_chat.domain.ids import RoomId
from treno_chat.domain.places import Place
from treno_chat.stores import tables
from treno_chat.stores.talk.keeping import is_over, still_kept

Found = dict[RoomId, tuple[int, ...]]


def find(db: Session, place: Place, *, now: datetime, limit: int) -> Found:
    """Return the seqs, room by room, of messages that are kept no longer.

    One way for each reason, so that each is found by an index; `delete_found` asks the one
    condition of all readers again before anything goes.
    """
    at_place = (
        select(tables.Message.room_id, tables.Message.seq)
        .join(tables.Room, col(tables.Room.id) == col(tables.Message.room_id))
        .where(tables.Room.place_id == place.id)
        .limit(limit)
    )
    by_guest = at_place.where(col(tables.Message.author_is_anonymous).is_(True))
    reasons = (
        at_place.where(col(tables.Message.expires_at) <= now),
        by_guest.join(tables.Visit, col(tables.Visit.id) == col(tables.Message.visit_id))
        .join(tables.User, col(tables.User.id) == col(tables.Visit.user_id))
        .where(is_over(place, now)),
        by_guest.where(col(tables.Message.visit_id).is_(None)),
    )
    return _by_room(found for reason in reasons for found in db.exec(reason).all())


def delete_found(
    db: Session, room_id: RoomId, seqs: Collection[int], *, place: Place, now: datetime
) -> tuple[int, ...]:
    """Delete those of the messages that are kept no longer, and return their seqs in order."""
    query = (
        delete(tables.Message)
        .where(
            col(tables.Message.room_id) == room_id,
            col(tables.Message.seq).in_(seqs),
            not_(still_kept(place, now)),
        )
        .returning(col(tables.Message.seq))
        .execution_options(synchronize_session=False)
    )
    return tuple(sorted(db.exec(query).scalars().all()))


def _by_room(found: Iterable[tuple[RoomId, int]]) -> Found:
    seqs: defaultdict[RoomId, set[int]] = defaultdict(set)
    for room_id, seq in found:
        seqs[room_id].add(seq)
    return {room_id: tuple(sorted(those)) for room_id, those in seqs.items()}
