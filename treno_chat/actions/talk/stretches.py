"""The stretch that a reader holds, read anew: their place stays, however much happened since."""

from treno_chat.actions.talk.access import access_room
from treno_chat.actions.transaction import Transaction
from treno_chat.domain.door.sessions import Principal
from treno_chat.domain.ids import RoomId
from treno_chat.domain.talk.messages import LONGEST_STRETCH, Stretch
from treno_chat.stores.talk import history


def read_again(
    tx: Transaction,
    principal: Principal,
    room_id: RoomId,
    *,
    first_seq: int,
    last_seq: int,
    heard_seq: int,
) -> Stretch:
    """Return what is left of a stretch, as it is now, and how much others said after `heard_seq`.

    The room is read first: what is found after it may be newer than `through_rev`, never older.
    """
    at = access_room(tx, principal, room_id)
    # No seq is beyond the room's: a larger one would be beyond the database as well.
    last, heard = (min(seq, at.room.last_seq) for seq in (last_seq, heard_seq))
    first = min(max(first_seq, 1), last + 1)
    page = history.page_after(
        tx.db, at.room, place=at.place, now=tx.now, after_seq=first - 1, limit=LONGEST_STRETCH
    )
    held = tuple(message for message in page.messages if message.seq <= last)
    return Stretch(
        messages=held,
        has_newer=page.has_newer or len(held) < len(page.messages),
        news=history.count_of_others(
            tx.db, at.room, principal.user.id, place=at.place, now=tx.now, after_seq=heard
        ),
        heard_seq=heard,
        through_rev=at.room.last_rev,
        through_seq=at.room.last_seq,
    )
