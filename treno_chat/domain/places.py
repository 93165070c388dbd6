"""Places and their rooms."""

import re
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from treno_chat.domain.ids import PlaceId, RoomId, VisitId
from treno_chat.domain.lines import clean_line
from treno_chat.domain.refusals import Invalid

MAX_SLUG = MAX_NAME = 60
# Eleven years: no database and no calendar has to be asked whether it can count so far.
MOST_HOURS = 100_000
# As it stands in addresses, which a person may have to type from a poster.
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


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


def read_slug(text: str) -> str:
    """Return the name of a place or room in addresses, or refuse it."""
    if len(text) > MAX_SLUG or not _SLUG.fullmatch(text):
        raise Invalid("slug_invalid", field="slug", max=MAX_SLUG)
    return text


def read_name(text: str) -> str:
    """Return the name of a place or room on the screens, or refuse it."""
    return clean_line(text, field="name", maximum=MAX_NAME)


def read_timezone(text: str) -> str:
    """Return the name of a time zone that there is, or refuse it."""
    try:
        return ZoneInfo(text).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise Invalid("timezone_unknown", field="timezone") from None
