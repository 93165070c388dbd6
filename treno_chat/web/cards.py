"""What the screens show of things: small, flat, only what everybody there may see."""

from dataclasses import dataclass

from treno_chat.domain.door.sessions import Principal
from treno_chat.domain.people import User
from treno_chat.domain.places import Place
from treno_chat.domain.seals import seal_of
from treno_chat.domain.talk.messages import Message
from treno_chat.domain.talk.previews import RoomPreview
from treno_chat.realtime.snapshot import PresentPerson
from treno_chat.web.faces import Face

PREVIEW_LENGTH = 120


@dataclass(frozen=True, kw_only=True, slots=True)
class PlaceCard:
    """The place as the plate shows it."""

    slug: str = ""
    name: str = ""
    kind: str = "train"
    timezone: str = "UTC"


@dataclass(frozen=True, kw_only=True, slots=True)
class RoomCard:
    """A room as the list shows it."""

    id: str = ""
    slug: str = ""
    name: str = ""
    kind: str = ""
    preview: str = ""
    unread: int = 0
    # How far this person has read, and how far the room was when all this was so: what the page
    # hears of later counts on top (browser/room/listed.py).
    read: int = 0
    seq: int = 0
    rev: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Me(Face):
    """The person behind this tab, as they see themselves."""

    id: str = ""
    is_anonymous: bool = True
    is_staff: bool = False


def place_card(place: Place) -> PlaceCard:
    """Return what the plate shows."""
    return PlaceCard(
        slug=place.slug, name=place.name, kind=place.kind.value, timezone=place.timezone
    )


def room_card(preview: RoomPreview) -> RoomCard:
    """Return what the list says of a room."""
    return RoomCard(
        id=preview.room.id,
        slug=preview.room.slug,
        name=preview.room.name,
        kind=preview.room.kind.value,
        preview=line_of(preview.last_message),
        unread=preview.unread,
        read=preview.last_read_seq,
        seq=preview.room.last_seq,
        rev=preview.room.last_rev,
    )


def line_of(last: Message | None) -> str:
    """Return what the list says of the last message of a room; "" when there is none."""
    if last is None:
        return ""
    by = "" if last.author is None else f"{last.author.alias}: "
    return f"{by}{last.body}"[:PREVIEW_LENGTH]


def present_person(principal: Principal, *, is_staff: bool) -> PresentPerson:
    """Return what the others see of a person."""
    user = principal.user
    return PresentPerson(
        id=user.id,
        alias=user.alias,
        gender=user.gender,
        is_anonymous=user.is_anonymous,
        is_staff=is_staff,
        status_line=user.status_line,
    )


def me(principal: Principal, *, is_staff: bool) -> Me:
    """Return what a person sees of themselves."""
    user: User = principal.user
    seal = seal_of(user.id)
    return Me(
        id=user.id,
        alias=user.alias,
        gender=user.gender.value,
        shape=seal.shape,
        ink=seal.ink,
        is_anonymous=user.is_anonymous,
        is_staff=is_staff,
    )
