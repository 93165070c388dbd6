"""People: guests and registered persons alike."""

from dataclasses import dataclass
from enum import StrEnum

from treno_chat.domain.ids import UserId


class Gender(StrEnum):
    """How a person wants to be spoken of; always a glyph and a word, never a colour."""

    FEMALE = "female"
    MALE = "male"
    OTHER = "other"
    UNDISCLOSED = "undisclosed"


@dataclass(frozen=True, kw_only=True, slots=True)
class PresentPerson:
    """A person as the others at the place see them."""

    id: UserId
    alias: str
    gender: Gender
    is_anonymous: bool
    is_staff: bool
    status_line: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class PeopleHere:
    """Who is at a place now: how many in all, and the first of them by alias."""

    people: tuple[PresentPerson, ...] = ()
    count: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class User:
    """A person, anonymous (a guest) or with passkeys (registered)."""

    id: UserId
    alias: str
    gender: Gender
    is_anonymous: bool
    status_line: str = ""
