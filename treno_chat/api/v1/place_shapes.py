"""How places, rooms and the people there look in the API."""

from typing import Any

from pydantic import ConfigDict, Field

from treno_chat.actions.talk.access import OpenPlace
from treno_chat.api.v1.shapes import Told
from treno_chat.domain.people import Gender, PresentPerson
from treno_chat.domain.places import PlaceKind, Room, RoomKind

_PLACE: dict[str, Any] = {
    "slug": "treno-lucca-aulla",
    "name": "Treno Lucca–Aulla",
    "kind": "train",
    "timezone": "Europe/Rome",
    "retention_seconds": 172800,
    "is_staff": False,
}
_ROOM: dict[str, Any] = {
    "id": "01941f29-7c00-7000-8000-0242ac120008",
    "slug": "treno",
    "name": "Treno Lucca–Aulla",
    "kind": "general",
    "last_seq": 42,
    "can_write": True,
}
_PERSON: dict[str, Any] = {
    "id": "01941f29-7c00-7000-8000-0242ac120002",
    "alias": "Ada",
    "gender": "female",
    "is_anonymous": True,
    "is_staff": False,
    "status_line": "",
}


class PlaceTold(Told):
    """A place where the caller is."""

    model_config = ConfigDict(frozen=True, json_schema_extra={"examples": [_PLACE]})

    slug: str
    name: str
    kind: PlaceKind
    timezone: str
    retention_seconds: int = Field(description="How long words are kept there")
    is_staff: bool = Field(description="Whether the caller is staff there")


class PlacesTold(Told):
    """Where the caller is, the place they came to last first."""

    model_config = ConfigDict(frozen=True, json_schema_extra={"examples": [{"items": [_PLACE]}]})

    items: list[PlaceTold]


class RoomTold(Told):
    """A room of a place where the caller is."""

    model_config = ConfigDict(frozen=True, json_schema_extra={"examples": [_ROOM]})

    id: str
    slug: str
    name: str
    kind: RoomKind
    last_seq: int = Field(description="The number of its newest message")
    can_write: bool


class RoomListed(RoomTold):
    """A room, and what in it the caller has not read."""

    model_config = ConfigDict(frozen=True, json_schema_extra={"examples": [{**_ROOM, "unread": 3}]})

    unread: int


class RoomsTold(Told):
    """The rooms of a place, in their order."""

    model_config = ConfigDict(
        frozen=True, json_schema_extra={"examples": [{"items": [{**_ROOM, "unread": 3}]}]}
    )

    items: list[RoomListed]


class PersonTold(Told):
    """Somebody who is there, as everybody there sees them."""

    id: str
    alias: str
    gender: Gender
    is_anonymous: bool = Field(description="A guest, without an account")
    is_staff: bool
    status_line: str


class PeopleTold(Told):
    """Who is at a place now: the first hundred by alias, and how many in all."""

    model_config = ConfigDict(
        frozen=True, json_schema_extra={"examples": [{"items": [_PERSON], "count": 1}]}
    )

    items: list[PersonTold]
    count: int


def place_told(at: OpenPlace) -> PlaceTold:
    """Return a place as the API tells it."""
    return PlaceTold(
        slug=at.place.slug,
        name=at.place.name,
        kind=at.place.kind,
        timezone=at.place.timezone,
        retention_seconds=int(at.place.retention.total_seconds()),
        is_staff=at.is_staff,
    )


def room_told(room: Room, *, can_write: bool) -> RoomTold:
    """Return a room as the API tells it."""
    return RoomTold(
        id=room.id,
        slug=room.slug,
        name=room.name,
        kind=room.kind,
        last_seq=room.last_seq,
        can_write=can_write,
    )


def person_told(person: PresentPerson) -> PersonTold:
    """Return a person as the API tells them."""
    return PersonTold(
        id=person.id,
        alias=person.alias,
        gender=person.gender,
        is_anonymous=person.is_anonymous,
        is_staff=person.is_staff,
        status_line=person.status_line,
    )
