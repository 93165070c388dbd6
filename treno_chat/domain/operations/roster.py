"""The roster: people, sessions, places, keys as an operator sees them; nothing opens anything."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from treno_chat.domain.ids import SessionId, UserId
from treno_chat.domain.operations.staff import Role
from treno_chat.domain.people import Gender
from treno_chat.domain.places import PlaceKind, RoomKind
from treno_chat.domain.tokens.signing_keys import Algorithm


class Kind(StrEnum):
    """Which people are meant."""

    ALL = "all"
    REGISTERED = "registered"
    GUESTS = "guests"
    DISABLED = "disabled"


@dataclass(frozen=True, kw_only=True, slots=True)
class PersonLine:
    """A person in a list; `seen_at` is of their live sessions."""

    id: UserId
    alias: str
    is_registered: bool
    sessions: int
    seen_at: datetime | None
    created_at: datetime
    disabled_at: datetime | None


@dataclass(frozen=True, kw_only=True, slots=True)
class SessionLine:
    """A live session in a list; `ends_at` is the nearer of its two ends."""

    id: SessionId
    user_id: UserId
    alias: str
    device: str
    place: str
    address: str
    created_at: datetime
    seen_at: datetime
    ends_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class PlaceLine:
    """A place in a list: how many are there, and how long words are kept."""

    slug: str
    name: str
    kind: PlaceKind
    timezone: str
    people: int
    rooms: int
    messages: int
    hours_kept: int
    created_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class RoomLine:
    """A room in the list of a place's rooms, and how much is kept in it."""

    slug: str
    name: str
    kind: RoomKind
    messages: int


@dataclass(frozen=True, kw_only=True, slots=True)
class PlaceContents:
    """What there is at a place, and goes with it: `visits` are those of everybody who ever came."""

    slug: str
    name: str
    people_here: int
    rooms: tuple[str, ...]
    messages: int
    own_pages: int
    questions: int
    staff: tuple[str, ...]
    visits: int


@dataclass(frozen=True, kw_only=True, slots=True)
class StaffLine:
    """Somebody in the list of a place's staff."""

    id: UserId
    alias: str
    role: Role
    granted_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class KeyLine:
    """A key in a list: what it is called and since when it signs, nothing of the key itself."""

    kid: str
    algorithm: Algorithm
    created_at: datetime
    retired_at: datetime | None


@dataclass(frozen=True, kw_only=True, slots=True)
class PersonSheet:
    """All that an operator is shown of a person; phone and address of mail are masked."""

    id: UserId
    alias: str
    gender: Gender
    is_registered: bool
    created_at: datetime
    registered_at: datetime | None
    disabled_at: datetime | None
    erasure_due_at: datetime | None
    phone: str | None
    email: str | None
    is_email_confirmed: bool
    passkeys: tuple[str, ...]
    recovery_codes: int
    providers: tuple[str, ...]
    staff_of: tuple[str, ...]
    sessions: int
    memberships: int
    messages: int
    tasks: int
    conversations: int
