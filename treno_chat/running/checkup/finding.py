"""A finding: one thing that was looked at, in one line."""

from collections.abc import Generator
from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How grave it is; only a fault makes the whole fail."""

    OK = "ok"
    WARNING = "warning"
    FAULT = "FAULT"


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """What was seen, and behind a colon what to do about it."""

    level: Level
    text: str

    def __str__(self) -> str:
        """Return the line that the operator reads."""
        return f"{self.level:<8} {self.text}"


Findings = Generator[Finding]


def ok(text: str) -> Finding:
    """Return that something is as it should be."""
    return Finding(level=Level.OK, text=text)


def warning(text: str) -> Finding:
    """Return that something could be better."""
    return Finding(level=Level.WARNING, text=text)


def fault(text: str) -> Finding:
    """Return that something must not stay as it is."""
    return Finding(level=Level.FAULT, text=text)
