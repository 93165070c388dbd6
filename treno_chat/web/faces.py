"""Faces: what is shown of a person, wherever they are shown."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Face:
    """A name, a gender and the seal that goes with the name."""

    alias: str = ""
    gender: str = "undisclosed"
    shape: str = "star"
    ink: str = "petrol"
