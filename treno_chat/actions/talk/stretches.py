"""Stretches of a room that are not its end: the place of a reader stays, however much was said."""

from dataclasses import replace

from treno_chat.actions.talk.access import OpenRoom, access_room
from treno_chat.actions.talk.rooms import RoomPage, count_after, first_after, newest_page_at
from treno_chat.actions.transaction import Transaction
from treno_chat.domain.door.sessions import Principal
from treno_chat.domain.ids import RoomId
from treno_chat.domain.talk.messages import LONGEST_STRETCH, Page, Stretch
from treno_chat.stores.talk import history

# How much of what was read is shown above the first unread message.
BEFORE_UNREAD = 8


def opening_page(tx: Transaction, principal: Principal, room_id: RoomId) -> RoomPage:
    """Return the page on which a room is opened: the newest, unless what is unread begins before.

    Then it is the page with the first unread message and a few before it, which say what the talk
    was about.
    """
    at = access_room(tx, principal, room_id)
    newest = newest_page_at(tx, principal, at)
    if not newest.page.has_older or newest.page.messages[0].seq <= newest.last_read_seq + 1:
        return newest
    unread = first_after(tx, principal, at, newest.last_read_seq)
    if unread is None or unread >= newest.page.messages[0].seq:
        return newest
    return _page_after(tx, principal, at, newest, after_seq=unread - 1 - BEFORE_UNREAD)


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
        news=count_after(tx, principal, at, heard),
        heard_seq=heard,
        through_rev=at.room.last_rev,
        through_seq=at.room.last_seq,
    )


def _page_after(
    tx: Transaction, principal: Principal, at: OpenRoom, newest: RoomPage, *, after_seq: int
) -> RoomPage:
    shown = history.page_after(
        tx.db, at.room, place=at.place, now=tx.now, after_seq=max(after_seq, 0)
    )
    first, last = shown.messages[0].seq, shown.messages[-1].seq
    older = history.page_before(
        tx.db, at.room, place=at.place, now=tx.now, before_seq=first, limit=1
    )
    return replace(
        newest,
        page=Page(messages=shown.messages, has_older=bool(older.messages)),
        has_newer=shown.has_newer,
        news=count_after(tx, principal, at, last),
    )
