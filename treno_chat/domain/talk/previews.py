"""What a list of rooms says of each before it is opened."""

from dataclasses import dataclass

from treno_chat.domain.places import Room
from treno_chat.domain.talk.messages import Message

MAX_UNREAD = 100


@dataclass(frozen=True, kw_only=True, slots=True)
class RoomNews:
    """A room and its last readable message: what is the same for everybody who may read it."""

    room: Room
    last_message: Message | None


@dataclass(frozen=True, kw_only=True, slots=True)
class RoomPreview:
    """A room, its last readable message, and how much is unread (MAX_UNREAD means: or more)."""

    room: Room
    last_message: Message | None
    last_read_seq: int
    unread: int
