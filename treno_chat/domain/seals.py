"""Seals: the mark beside an alias that tells one person from another who copies the alias."""

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from treno_chat.domain.ids import UserId

NUMBERS = 100


class Shape(StrEnum):
    """What is punched."""

    STAR = "star"
    DIAMOND = "diamond"
    CLOVER = "clover"
    MOON = "moon"
    CROSS = "cross"
    DROP = "drop"
    HEXAGON = "hexagon"
    ARROW = "arrow"
    FLOWER = "flower"
    RING = "ring"
    BELL = "bell"
    LEAF = "leaf"


class Ink(StrEnum):
    """What it is stamped with."""

    RED = "red"
    ORANGE = "orange"
    OCHRE = "ochre"
    GREEN = "green"
    PETROL = "petrol"
    BLUE = "blue"
    VIOLET = "violet"
    CHESTNUT = "chestnut"


@dataclass(frozen=True, kw_only=True, slots=True)
class Seal:
    """One of 9,600 marks; the number (00 to 99) is shown beside equal aliases."""

    shape: Shape
    ink: Ink
    number: int


def seal_of(user_id: UserId) -> Seal:
    """Return a person's seal: of the id, which nobody chooses, so that it cannot be copied."""
    value, shape = divmod(mark_of(user_id), len(Shape))
    number, ink = divmod(value, len(Ink))
    return Seal(shape=tuple(Shape)[shape], ink=tuple(Ink)[ink], number=number)


@lru_cache(maxsize=4096)
def mark_of(user_id: UserId) -> int:
    """Return a person's seal as one number: shape, ink and number, the least significant first."""
    value = int.from_bytes(hashlib.sha256(user_id.encode()).digest())
    return value % (len(Shape) * len(Ink) * NUMBERS)
