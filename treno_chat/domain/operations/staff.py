"""Staff: who may announce and remove at a place."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from treno_chat.domain.people import User


class Role(StrEnum):
    """What somebody may do at a place beyond being there."""

    STAFF = "staff"


@dataclass(frozen=True, kw_only=True, slots=True)
class StaffMember:
    """A registered person with a role at a place."""

    user: User
    role: Role
    granted_at: datetime
