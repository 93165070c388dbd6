"""Forgetting on time: what is kept no longer is deleted, not hidden."""

from collections.abc import Collection

from treno_chat.actions.transaction import Transaction, Transactions
from treno_chat.domain.ids import RoomId
from treno_chat.domain.talk.events import MessagesGone
from treno_chat.stores.talk import places, rooms, sweeping
from treno_chat.stores.talk.sweeping import Found

BATCH = 500


def forget(transactions: Transactions) -> int:
    """Delete everything that is kept no longer, and return how many messages that were.

    One short unit of work for each room and batch: nobody waits long behind it, and each room
    hears of it in turn with everything else that happens there.
    """
    count = 0
    while found := _look(transactions):
        deleted = sum(
            _delete(transactions, room_id, seqs) for room_id, seqs in sorted(found.items())
        )
        if not deleted:
            break  # Somebody else is at it.
        count += deleted
    return count


def find_expired(tx: Transaction, *, limit: int = BATCH) -> Found:
    """Return the next messages, room by room, that are kept no longer."""
    found: Found = {}
    for place in places.all_places(tx.db):
        found |= sweeping.find(tx.db, place, now=tx.now, limit=limit)
    return found


def delete_expired(tx: Transaction, room_id: RoomId, seqs: Collection[int]) -> tuple[int, ...]:
    """Delete those of a room's messages that are kept no longer, and announce that they are gone.

    The room's row is held first, as by everybody who changes its messages.
    """
    place = rooms.hold(tx.db, room_id)
    if place is None:
        return ()
    gone = sweeping.delete_found(tx.db, room_id, seqs, place=place, now=tx.now)
    if gone:
        rev = rooms.take_rev(tx.db, room_id)
        tx.outbox.append(MessagesGone(room_id=room_id, seqs=gone, rev=rev))
    return gone


def _look(transactions: Transactions) -> Found:
    with transactions.reading() as tx:
        return find_expired(tx)


def _delete(transactions: Transactions, room_id: RoomId, seqs: Collection[int]) -> int:
    with transactions.writing(in_turn=room_id) as tx:
        return len(delete_expired(tx, room_id, seqs))
