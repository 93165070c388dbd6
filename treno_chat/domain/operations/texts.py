"""Texts in the outbox of development: what would have gone out."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Text:
    """One message, to be read by whoever develops."""

    recipient: str
    body: str
    made_at: datetime
