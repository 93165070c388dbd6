"""How messages of rooms look in the API: what is asked, what is told."""

from datetime import datetime
from typing import Any

from pydantic import ConfigDict, Field

from treno_chat.api.v1.shapes import NOT_EMPTY, Asked, ClientId, Told
from treno_chat.domain.people import Gender
from treno_chat.domain.talk.messages import Message, MessageKind

_MESSAGE: dict[str, Any] = {
    "room_id": "01941f29-7c00-7000-8000-0242ac120008",
    "seq": 42,
    "client_id": "6f1c1c1e-0b5f-4d0a-9a53-0d6f2f6f7b1a",
    "kind": "words",
    "author": {
        "id": "01941f29-7c00-7000-8000-0242ac120002",
        "alias": "Ada",
        "gender": "female",
        "is_anonymous": True,
        "is_staff": False,
    },
    "content": "C’è posto in carrozza 4?",
    "timestamp": "2026-11-21T08:30:00Z",
    "edited_at": None,
    "is_removed": False,
}


class MessageAsked(Asked):
    """What is to be said; under the same client id again it changes nothing."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"content": _MESSAGE["content"], "client_id": _MESSAGE["client_id"]}]
        }
    )

    content: str = Field(
        description="1 to 1000 characters, as a reader counts them", json_schema_extra=NOT_EMPTY
    )
    client_id: ClientId = None


class AuthorTold(Told):
    """The author as the room saw them when it was said."""

    id: str
    alias: str
    gender: Gender
    is_anonymous: bool
    is_staff: bool


class MessageTold(Told):
    """A message; of one that was taken back nothing is left but its number."""

    model_config = ConfigDict(frozen=True, json_schema_extra={"examples": [_MESSAGE]})

    room_id: str
    seq: int = Field(description="Its number in the room: names it, and orders")
    client_id: str
    kind: MessageKind
    author: AuthorTold | None
    content: str
    timestamp: datetime
    edited_at: datetime | None
    is_removed: bool


class MessagesTold(Told):
    """A page of a room."""

    model_config = ConfigDict(
        frozen=True, json_schema_extra={"examples": [{"items": [_MESSAGE], "next": None}]}
    )

    items: list[MessageTold]
    next: str | None = Field(description="The cursor of the page that follows, if there is one")


def message_told(message: Message) -> MessageTold:
    """Return a message as the API tells it."""
    author = message.author
    return MessageTold(
        room_id=message.room_id,
        seq=message.seq,
        client_id=message.client_id,
        kind=message.kind,
        author=author
        and AuthorTold(
            id=author.id,
            alias=author.alias,
            gender=author.gender,
            is_anonymous=author.is_anonymous,
            is_staff=author.is_staff,
        ),
        content=message.body,
        timestamp=message.sent_at,
        edited_at=message.edited_at,
        is_removed=message.removed_at is not None,
    )
