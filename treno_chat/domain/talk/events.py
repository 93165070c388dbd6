"""What happened, in the past tense: announced after the commit, to whoever may hear it."""

from dataclasses import dataclass

from treno_chat.domain.assistant.events import (
    DeskChanged,
    MentionRefused,
    PrivateEvent,
    QuestionHandedOver,
)
from treno_chat.domain.ids import PlaceId, RoomId, SessionId, UserId
from treno_chat.domain.people import Gender
from treno_chat.domain.talk.messages import Message


@dataclass(frozen=True, kw_only=True, slots=True)
class MessageSent:
    """A message is in the room."""

    message: Message


@dataclass(frozen=True, kw_only=True, slots=True)
class MessageEdited:
    """A message says something else now, or nothing any more: it was taken back."""

    message: Message


@dataclass(frozen=True, kw_only=True, slots=True)
class MessagesGone:
    """Messages are no more, not even as tombstones: their time was over."""

    room_id: RoomId
    seqs: tuple[int, ...]
    rev: int


@dataclass(frozen=True, kw_only=True, slots=True)
class SessionEnded:
    """A session is over: its sockets are told and cut."""

    session_id: SessionId


@dataclass(frozen=True, kw_only=True, slots=True)
class SessionUpgraded:
    """A guest became a registered person: the other tabs of the session load anew."""

    session_id: SessionId


@dataclass(frozen=True, kw_only=True, slots=True)
class VisitsEnded:
    """Somebody went elsewhere: what their sockets heard of these places, they hear no more."""

    user_id: UserId
    place_ids: tuple[PlaceId, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class StaffChanged:
    """Somebody's role at a place changed: their screens look again."""

    place_id: PlaceId
    user_id: UserId


@dataclass(frozen=True, kw_only=True, slots=True)
class RoomsChanged:
    """The rooms of a place are others now, or it has gone with all of them: screens look again."""

    place_id: PlaceId


@dataclass(frozen=True, kw_only=True, slots=True)
class GuideChanged:
    """A place's own pages are others now: whoever answers from them may read them beforehand."""

    place_id: PlaceId


@dataclass(frozen=True, kw_only=True, slots=True)
class NoticeGiven:
    """Somebody is to be told of their account: the open pages of these sessions ask for it."""

    user_id: UserId
    session_ids: tuple[SessionId, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class PersonChanged:
    """Somebody looks different from now on: whoever sees them is shown it."""

    user_id: UserId
    alias: str
    gender: Gender
    status_line: str


Event = (
    MessageSent
    | MessageEdited
    | MessagesGone
    | SessionEnded
    | SessionUpgraded
    | VisitsEnded
    | StaffChanged
    | RoomsChanged
    | GuideChanged
    | NoticeGiven
    | PersonChanged
    | MentionRefused
    | QuestionHandedOver
    | DeskChanged
    | PrivateEvent
)
