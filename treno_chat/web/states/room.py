"""One person's view of one room: what surrounds the messages, which never live here."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import datetime

import reflex as rx

from treno_chat.actions.door.visits import place_named
from treno_chat.actions.talk import messages, rooms, stretches
from treno_chat.actions.talk.rooms import RoomView
from treno_chat.actions.talk.sending import Draft
from treno_chat.domain.door.sessions import Principal
from treno_chat.domain.ids import RoomId
from treno_chat.domain.refusals import ChatError, NotFound, NotSignedIn, TooFast
from treno_chat.web import wire
from treno_chat.web.caller import caller
from treno_chat.web.cards import Me, PlaceCard, RoomCard, me, place_card, present_person, room_card
from treno_chat.web.house import act, act_in_turn, house, look
from treno_chat.web.witness import saw_limited


class RoomState(rx.State):
    """What surrounds the messages; the gate has let in whoever calls a handler."""

    place: rx.Field[PlaceCard] = rx.field(default_factory=PlaceCard)
    me: rx.Field[Me] = rx.field(default_factory=Me)
    rooms: rx.Field[list[RoomCard]] = rx.field(default_factory=list)
    room_id: rx.Field[str] = rx.field(default="")
    room_name: rx.Field[str] = rx.field(default="")
    can_write: rx.Field[bool] = rx.field(default=False)
    trouble: rx.Field[str] = rx.field(default="")

    @rx.event
    async def open(self) -> None:
        """Open the room that the address names, if this person may; the slugs are only a wish."""
        await self._open()

    @rx.event
    async def look_again(self) -> None:
        """Read anew what this person may and what is unread: something of it changed."""
        await self._look_again()

    @rx.event
    async def catch_up(
        self,
        room_id: RoomId,
        last_rev: int,
        first_seq: int,
        last_seq: int = 0,
        heard_seq: int = 0,
    ) -> None:
        """Tell what was missed; to a page that holds nothing yet, from the first unread message on.

        A page asks when it listens; whatever was pushed before that, it has not heard. Who reads
        far up (`last_seq`) and missed too much for that keeps their place.
        """
        await house().realtime.hub.show_presence(caller().connection.sid)
        held = {"first_seq": first_seq, "last_seq": last_seq, "heard_seq": heard_seq}
        async with self._asked(room_id):
            await _answer(wire.arrivals([await _missed(room_id, last_rev, **held)]))

    @rx.event
    async def older(self, room_id: RoomId, before_seq: int) -> None:
        """Fetch the page that lies before."""
        async with self._asked(room_id):
            shown = await look(messages.older_page, caller().principal, room_id, before_seq)
            await _answer(wire.arrivals([wire.older(shown)]))

    @rx.event
    async def newer(self, room_id: RoomId, after_seq: int) -> None:
        """Fetch the page that follows, after the reader let go of the newest ones."""
        async with self._asked(room_id):
            shown = await look(messages.newer_page, caller().principal, room_id, after_seq)
            await _answer(wire.arrivals([wire.newer(shown)]))

    @rx.event
    async def here(self, room_id: RoomId, last_rev: int) -> None:
        """Renew the lease of whoever may be here; a reader who is behind is told so.

        Who does not listen, because opening the room failed, does so from now on.
        """
        hub, who = house().realtime.hub, caller()
        async with self._asked(room_id):
            newest = await look(rooms.last_rev, who.principal, room_id)
            if not await hub.renew(who.connection.sid):
                await self._open()
                await hub.show_presence(who.connection.sid)
                newest = await look(rooms.last_rev, who.principal, room_id)
            if newest > last_rev:
                await _answer(wire.arrivals([wire.behind(newest)]))

    @rx.event
    async def send(self, room_id: RoomId, client_id: str, text: str) -> None:
        """Say something; the room's own packet brings it to every screen."""
        draft = Draft(text=text, client_id=client_id)
        try:
            sent = await house().sender.send(caller().holder, room_id, draft)
        except NotSignedIn:
            await _answer(wire.ENDED)
            return
        except ChatError as refused:
            if isinstance(refused, TooFast):
                await saw_limited(caller().connection, "send")
            await _answer(wire.refusal(client_id, refused, at=_now()))
            return
        await _answer(wire.outcome(client_id, sent))

    @rx.event
    async def edit(self, room_id: RoomId, seq: int, text: str) -> None:
        """Say it differently, within the window."""
        principal = caller().principal
        try:
            edited = await act_in_turn(
                room_id, messages.edit_message, principal, room_id, seq, text
            )
        except ChatError as refused:
            await _answer(wire.refusal("", refused, at=_now(), seq=seq))
            return
        await _answer(wire.outcome(edited.client_id, edited, is_change=True))

    @rx.event
    async def remove(self, room_id: RoomId, seq: int) -> None:
        """Take it back."""
        principal = caller().principal
        try:
            await act_in_turn(room_id, messages.delete_message, principal, room_id, seq)
        except ChatError as refused:
            await _answer(wire.refusal("", refused, at=_now()))

    @rx.event
    async def read(self, room_id: RoomId, seq: int) -> None:
        """Remember how far this person has read."""
        await act(rooms.mark_read, caller().principal, room_id, seq)

    async def _open(self) -> None:
        """Show the room that the address names, and listen to it."""
        _, place_slug, *rest = self.router.url.path.strip("/").split("/")
        view = await self._look(place_slug, rest[0] if rest else None)
        if view is None:
            return
        who = caller()
        await house().realtime.hub.watch(
            who.connection.sid,
            room_id=view.room.id,
            place_id=view.place.id,
            person=present_person(who.principal, is_staff=view.is_staff),
        )

    @asynccontextmanager
    async def _asked(self, room_id: RoomId) -> AsyncGenerator[None]:
        """Answer also whoever may not: the page waits for nothing then, and says why."""
        try:
            yield
        except NotFound:
            if room_id == self.room_id:
                await self._look_again()
            await _answer(wire.arrivals([wire.refused()]))

    async def _look_again(self) -> None:
        if self.room_id:
            known = (room.slug for room in self.rooms if room.id == self.room_id)
            await self._look(self.place.slug, next(known, None))

    async def _look(self, place_slug: str, room_slug: str | None) -> RoomView | None:
        """Show a room, or why there is none to show."""
        principal = caller().principal
        try:
            view = await act(rooms.open_room, principal, place_slug, room_slug)
        except NotFound as refused:
            await self._lose(refused, place_slug)
            return None
        self._show(view, principal)
        return view

    async def _lose(self, refused: NotFound, place_slug: str) -> None:
        """Show nothing but why: the place is gone, the room is, or the person is not there.

        Whoever lost a room alone still has its place to go back to.
        """
        house().realtime.hub.unwatch(caller().connection.sid)
        self.reset()
        try:
            place = await look(place_named, place_slug)
        except NotFound as gone:
            self.trouble = gone.code
            return
        self.trouble = refused.code
        if refused.code == "not_found":
            self.place = place_card(place)

    def _show(self, view: RoomView, principal: Principal) -> None:
        self.trouble = ""
        self.place = place_card(view.place)
        self.me = me(principal, is_staff=view.is_staff)
        self.rooms = [room_card(preview) for preview in view.previews]
        self.room_id = view.room.id
        self.room_name = view.room.name
        self.can_write = view.can_write


async def _missed(
    room_id: RoomId, last_rev: int, *, first_seq: int, last_seq: int, heard_seq: int
) -> wire.Item:
    """Return what changed, or what is held as it is now, or else the page to start from."""
    principal = caller().principal
    if last_rev:
        # Who sits at the end holds nothing beyond what was heard.
        missed = await look(
            messages.catch_up,
            principal,
            room_id,
            last_rev=last_rev,
            first_seq=first_seq,
            last_seq=last_seq or heard_seq or None,
        )
        if not missed.too_far:
            return wire.caught_up(missed)
    if last_rev and last_seq:
        place = {"first_seq": first_seq, "last_seq": last_seq, "heard_seq": heard_seq}
        held = await look(stretches.read_again, principal, room_id, **place)
        if held.messages:
            return wire.stretch(held)
    if heard_seq:
        # Who has heard something already wants its end.
        end = await look(rooms.newest_page, principal, room_id, heard_seq=heard_seq)
        return wire.page(end)
    return wire.page(await look(stretches.opening_page, principal, room_id))


async def _answer(packet: wire.Packet) -> None:
    await house().realtime.server.say(caller().connection.sid, packet)


def _now() -> datetime:
    return house().transactions.clock()
