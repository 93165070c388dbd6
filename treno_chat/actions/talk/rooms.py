"""Opening a room, and remembering how far it was read."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from treno_chat.actions.talk.access import OpenPlace, OpenRoom, access_place, access_room, can_write
from treno_chat.actions.transaction import Transaction
from treno_chat.domain.door.sessions import Principal
from treno_chat.domain.ids import RoomId
from treno_chat.domain.places import Place, Room, RoomKind
from treno_chat.domain.refusals import NotFound
from treno_chat.domain.talk.messages import Page
from treno_chat.domain.talk.previews import RoomNews, RoomPreview
from treno_chat.stores.talk import history, memberships, places, room_lists


@dataclass(frozen=True, kw_only=True, slots=True)
class RoomView:
    """What a person sees on opening a room; `room` says how far `page` reaches."""

    place: Place
    previews: tuple[RoomPreview, ...]
    room: Room
    page: Page
    can_write: bool
    is_staff: bool
    last_read_seq: int

    @property
    def rooms(self) -> tuple[Room, ...]:
        """The rooms of the place in their order."""
        return tuple(preview.room for preview in self.previews)


@dataclass(frozen=True, kw_only=True, slots=True)
class RoomPage:
    """A page of a room, how far the room reaches, and how far this person has read.

    `has_newer` says whether more lie after the page, `news` how many of those others said. Whoever
    heard something before is told how much others said after `heard_seq`, and where what is unread
    begins, which may be before the page.
    """

    page: Page
    through_seq: int
    through_rev: int
    last_read_seq: int
    has_newer: bool = False
    news: int = 0
    heard_seq: int = 0
    missed: int = 0
    first_unread: int | None = None


def open_room(
    tx: Transaction, principal: Principal, place_slug: str, room_slug: str | None
) -> RoomView:
    """Open a room of a place; without a name, the one where everybody talks.

    Whoever opens a room for the first time has read it: what was said before they came is
    there to be read, and is not news.
    """
    at = access_place(tx, principal, place_slug)
    previews = _previews(tx, principal, at)
    # The room is read before its page: a page may know more than its room says, never less.
    room = _choose(tuple(preview.room for preview in previews), room_slug)
    read_seq = _read_so_far(tx, principal, room)
    return RoomView(
        place=at.place,
        previews=previews,
        room=room,
        page=history.page_before(tx.db, room, place=at.place, now=tx.now),
        can_write=can_write(room, at),
        is_staff=at.is_staff,
        last_read_seq=read_seq,
    )


def list_rooms(tx: Transaction, principal: Principal, place_slug: str) -> tuple[RoomPreview, ...]:
    """Return the rooms of a place as the list shows them."""
    return _previews(tx, principal, access_place(tx, principal, place_slug))


def news_of(tx: Transaction, room_ids: Collection[RoomId]) -> tuple[RoomNews, ...]:
    """Return what the lists say of these rooms, whoever asks: for everybody who is at their place.

    Nobody asks for themselves here. Whoever hears it watches the place, and may read all its rooms.
    """
    return tuple(
        news
        for place in places.of_rooms(tx.db, room_ids)
        for news in room_lists.news_of(tx.db, place, room_ids, now=tx.now)
    )


def newest_page(
    tx: Transaction, principal: Principal, room_id: RoomId, *, heard_seq: int | None = None
) -> RoomPage:
    """Return the newest page of a room that is open already, and what came after `heard_seq`."""
    at = access_room(tx, principal, room_id)
    newest = newest_page_at(tx, principal, at)
    if heard_seq is None:
        return newest
    heard = min(heard_seq, at.room.last_seq)
    return replace(
        newest,
        heard_seq=heard,
        missed=count_after(tx, principal, at, heard),
        first_unread=first_after(tx, principal, at, newest.last_read_seq),
    )


def newest_page_at(tx: Transaction, principal: Principal, at: OpenRoom) -> RoomPage:
    """Return the newest page of a room that was asked for already."""
    read_seq = memberships.last_read_seq(tx.db, principal.user.id, at.room.id)
    return RoomPage(
        page=history.page_before(tx.db, at.room, place=at.place, now=tx.now),
        through_seq=at.room.last_seq,
        through_rev=at.room.last_rev,
        last_read_seq=at.room.last_seq if read_seq is None else read_seq,
    )


def count_after(tx: Transaction, principal: Principal, at: OpenRoom, seq: int) -> int:
    """Return how much others said after a seq."""
    who = principal.user.id
    return history.count_of_others(tx.db, at.room, who, place=at.place, now=tx.now, after_seq=seq)


def first_after(tx: Transaction, principal: Principal, at: OpenRoom, seq: int) -> int | None:
    """Return where that begins which others said after a seq."""
    who = principal.user.id
    return history.first_of_others(tx.db, at.room, who, place=at.place, now=tx.now, after_seq=seq)


def last_rev(tx: Transaction, principal: Principal, room_id: RoomId) -> int:
    """Return how many changes the room has seen: whoever knows fewer is behind."""
    return access_room(tx, principal, room_id).room.last_rev


def mark_read(tx: Transaction, principal: Principal, room_id: RoomId, seq: int) -> None:
    """Remember that a person has read up to `seq`; reading never goes backwards."""
    room = access_room(tx, principal, room_id).room
    seq = min(seq, room.last_seq)
    memberships.read_up_to(tx.db, principal.user.id, room_id, seq=seq)


def _read_so_far(tx: Transaction, principal: Principal, room: Room) -> int:
    user_id = principal.user.id
    read_seq = memberships.last_read_seq(tx.db, user_id, room.id)
    if read_seq is not None:
        return read_seq
    if not memberships.add(tx.db, user_id, room.id, read_seq=room.last_seq, joined_at=tx.now):
        # It was removed in this very moment.
        raise NotFound("not_found")
    return room.last_seq


def _previews(tx: Transaction, principal: Principal, at: OpenPlace) -> tuple[RoomPreview, ...]:
    return room_lists.previews(tx.db, at.place, principal.user.id, now=tx.now)


def _choose(rooms: tuple[Room, ...], slug: str | None) -> Room:
    for room in rooms:
        if room.slug == slug or (slug is None and room.kind is RoomKind.GENERAL):
            return room
    raise NotFound("not_found")
