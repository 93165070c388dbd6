"""Places and their rooms."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from treno_chat.domain.ids import PlaceId, RoomId, VisitId


class PlaceKind(StrEnum):
    """What kind of place it is; the words of the screens follow it."""

    TRAIN = "train"
    STATION = "station"
    BEACH = "beach"
    PUB = "pub"
    HOTEL = "hotel"
    EVENT = "event"


class RoomKind(StrEnum):
    """Who writes in a room."""

    ANNOUNCEMENTS = "announcements"
    GENERAL = "general"


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """Where people are together, and how long their words are kept there."""

    id: PlaceId
    slug: str
    name: str
    kind: PlaceKind
    timezone: str
    retention: timedelta
    guest_grace: timedelta


@dataclass(frozen=True, kw_only=True, slots=True)
class Room:
    """A room of a place; `last_seq` orders its messages, `last_rev` counts every change."""

    id: RoomId
    place_id: PlaceId
    slug: str
    name: str
    kind: RoomKind
    last_seq: int
    last_rev: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Stay:
    """What a person is at a place right now: there by this visit, and perhaps staff."""

    visit_id: VisitId
    is_staff: bool
