"""Messages: what is said in a room."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from treno_chat.domain.ids import MessageId, RoomId, UserId
from treno_chat.domain.people import Gender

MAX_GRAPHEMES = 1000
PAGE_SIZE = 40
CATCH_UP_LIMIT = 200
# What a page holds at most; the browser lets go of the rest.
LONGEST_STRETCH = 300


class MessageKind(StrEnum):
    """A person's words, a line the room itself writes, or the assistant's answer for all."""

    WORDS = "words"
    SYSTEM = "system"
    ANSWER = "answer"


@dataclass(frozen=True, kw_only=True, slots=True)
class Author:
    """The author as the room saw them when the message was sent."""

    id: UserId
    alias: str
    gender: Gender
    is_anonymous: bool
    is_staff: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Message:
    """One message; `author` and `body` are gone once it was removed, or its author left for good.

    `seq` orders the room, `rev` is the room's count of changes when this row last changed.
    """

    id: MessageId
    room_id: RoomId
    seq: int
    rev: int
    client_id: str
    kind: MessageKind
    author: Author | None
    body: str
    sent_at: datetime
    edited_at: datetime | None = None
    removed_at: datetime | None = None
    has_left: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """A page of history, oldest first; `has_older` says whether more lie before it."""

    messages: tuple[Message, ...]
    has_older: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class NextPage:
    """The page that follows, oldest first; `has_newer` says whether more lie after it."""

    messages: tuple[Message, ...]
    has_newer: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class CatchUp:
    """What changed since a revision, and what no longer exists among the seqs the reader holds.

    `through_rev` and `through_seq` say how far the answer reaches: a gap is only what lies
    beyond them. `too_far` means that the reader should load the newest page instead.
    """

    changes: tuple[Message, ...]
    removed: tuple[int, ...]
    through_rev: int
    through_seq: int
    too_far: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Stretch:
    """What a reader holds, as it is now, for whom catching up change by change is too far.

    `news` is how many messages of others there are after `heard_seq`; `has_newer` says whether any
    lie after the stretch.
    """

    messages: tuple[Message, ...]
    has_newer: bool
    news: int
    heard_seq: int
    through_rev: int
    through_seq: int
