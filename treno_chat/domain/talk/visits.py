"""Visits: a person at a place, from coming in to leaving."""

from dataclasses import dataclass
from datetime import datetime

from treno_chat.domain.ids import PlaceId, UserId, VisitId


@dataclass(frozen=True, kw_only=True, slots=True)
class Visit:
    """A person at a place; a guest's visit has an end from the start, `left_at` closes any."""

    id: VisitId
    user_id: UserId
    place_id: PlaceId
    alias_skeleton: str
    entered_at: datetime
    ends_at: datetime | None
    left_at: datetime | None = None
