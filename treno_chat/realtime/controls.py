"""What every process is asked to do with its own sockets, whichever of them heard of it first."""

from collections.abc import Callable, Collection, Iterable

from treno_chat.domain.assistant.events import (
    AnswerGrew,
    ConversationChanged,
    ConversationRemoved,
    DeskChanged,
    MentionRefused,
    QuestionHandedOver,
    UtteranceSaid,
)
from treno_chat.domain.ids import PlaceId, SessionId, UserId
from treno_chat.domain.people import Gender
from treno_chat.domain.talk import events as happened
from treno_chat.domain.talk.events import Event
from treno_chat.realtime import rooms
from treno_chat.realtime.connections import Connection
from treno_chat.realtime.encoder import Encoder, Packet
from treno_chat.realtime.fanout import CONTROL
from treno_chat.realtime.presence import Presence
from treno_chat.realtime.rules import EVENT
from treno_chat.realtime.server import ChatServer
from treno_chat.realtime.stock import Untyped

# Whoever was at a place hears nothing more of it; returns the sockets that did.
EndVisit = Callable[[UserId, PlaceId], Collection[Connection]]


class Controls:
    """Asks by name and ids; each process looks for itself which sockets are meant."""

    def __init__(
        self, *, server: ChatServer, presence: Presence, encoder: Encoder, end_visit: EndVisit
    ) -> None:
        self._server = server
        self._presence = presence
        self._encoder = encoder
        self._end_visit = end_visit
        server.manager.hear = self._hear

    async def ask(self, event: Event, *, only_here: bool) -> None:
        """Ask all processes to do what an event calls for, or this one alone."""
        match event:
            case happened.SessionEnded(session_id=session_id):
                name, data = "session_ended", session_id
            case happened.SessionUpgraded(session_id=session_id):
                name, data = "session_upgraded", session_id
            case happened.VisitsEnded() | happened.StaffChanged() | happened.PersonChanged():
                name, data = _of_person(event)
            case happened.RoomsChanged(place_id=place_id):
                name, data = "place_changed", place_id
            case happened.NoticeGiven(session_ids=session_ids):
                name, data = "notice_given", session_ids
            case (
                UtteranceSaid(user_id=user_id)
                | AnswerGrew(user_id=user_id)
                | ConversationChanged(user_id=user_id)
                | ConversationRemoved(user_id=user_id)
            ):
                # Drawn here and once: every process hands on the same.
                name, data = "aside", [user_id, self._encoder.aside(event)]
            case (
                QuestionHandedOver(place_slug=place_slug, staff_ids=staff_ids)
                | DeskChanged(place_slug=place_slug, staff_ids=staff_ids)
            ):
                name = "desk_changed" if isinstance(event, DeskChanged) else "handed_over"
                data = [place_slug, staff_ids]
            case MentionRefused():
                await self._refuse(event, only_here=only_here)
                return
            case _:
                return
        manager = self._server.manager
        await manager.emit(name, {"of": data}, namespace=CONTROL, ignore_queue=only_here)

    async def _refuse(self, event: MentionRefused, *, only_here: bool) -> None:
        """Say it in the room where it was asked, on the screens of that person alone."""
        await self._server.emit(
            EVENT,
            self._encoder.refused(event),
            room=rooms.room_of(event.room_id, event.user_id),
            namespace=self._server.rules.namespace,
            ignore_queue=only_here,
        )

    async def _hear(self, name: str, data: Untyped) -> None:
        """Do in this process what some process was asked to do everywhere."""
        server, encoder = self._server, self._encoder
        match name, data["of"]:
            case "session_ended", session_id:
                self._presence.end_session(session_id)
                await server.end_session(session_id, encoder.ended())
            case "session_upgraded", session_id:
                await self._say_to_sessions([session_id], encoder.reload())
            case (("visits_ended" | "staff_changed" | "person_changed"), of_person):
                await self._hear_of_person(name, of_person)
            case "place_changed", place_id:
                await self._say_at_place(place_id, encoder.look_again(place_id))
            case "aside", [user_id, packet]:
                await self._say_to(server.connections.of_holder(user_id), packet)
            case "handed_over", [place_slug, staff_ids]:
                await self._say_to_holders(staff_ids, encoder.handed_over(place_slug))
            case "desk_changed", [place_slug, staff_ids]:
                await self._say_to_holders(staff_ids, encoder.desk_changed(place_slug))
            case "notice_given", session_ids:
                await self._say_to_sessions(session_ids, encoder.notice())
            case _:
                return

    async def _hear_of_person(self, name: str, data: Untyped) -> None:
        """Let somebody's screens look again: of what they may, or of how they look."""
        connections, encoder = self._server.connections, self._encoder
        match name, data:
            case "visits_ended", [user_id, place_ids]:
                for place_id in place_ids:
                    left = self._end_visit(user_id, place_id)
                    await self._say_to(left, encoder.look_again(place_id))
            case "staff_changed", [place_id, user_id]:
                await self._say_to(connections.of_person(user_id), encoder.look_again(place_id))
            case "person_changed", [user_id, [alias, gender, status_line]]:
                self._presence.redress(
                    user_id, alias=alias, gender=Gender(gender), status_line=status_line
                )
                await self._say_to(connections.of_person(user_id), encoder.look_again(""))
            case _:
                return

    async def _say_to_sessions(self, session_ids: Collection[SessionId], packet: Packet) -> None:
        for session_id in session_ids:
            await self._say_to(self._server.connections.of_session(session_id), packet)

    async def _say_to_holders(self, user_ids: Collection[UserId], packet: Packet) -> None:
        for user_id in user_ids:
            await self._say_to(self._server.connections.of_holder(user_id), packet)

    async def _say_to(self, connections: Iterable[Connection], packet: Packet) -> None:
        for connection in connections:
            await self._server.say(connection.sid, packet)

    async def _say_at_place(self, place_id: PlaceId, packet: Packet) -> None:
        await self._server.emit(
            EVENT,
            packet,
            room=rooms.place(place_id),
            namespace=self._server.rules.namespace,
            ignore_queue=True,
        )


def _of_person(
    event: happened.VisitsEnded | happened.StaffChanged | happened.PersonChanged,
) -> tuple[str, Untyped]:
    """Return what all are asked to do about a person, and with which values."""
    match event:
        case happened.VisitsEnded(user_id=user_id, place_ids=place_ids):
            return "visits_ended", [user_id, place_ids]
        case happened.StaffChanged(place_id=place_id, user_id=user_id):
            return "staff_changed", [place_id, user_id]
        case happened.PersonChanged(user_id=user_id):
            looks = [event.alias, event.gender.value, event.status_line]
            return "person_changed", [user_id, looks]
