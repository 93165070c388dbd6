"""Places, who is at them, and who works there."""

from datetime import datetime

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from treno_chat.stores.tables.base import UtcTime


class Place(SQLModel, table=True):
    id: str = Field(primary_key=True)
    slug: str = Field(unique=True)
    name: str
    kind: str
    timezone: str
    retention_seconds: int
    guest_grace_seconds: int
    created_at: datetime = Field(sa_type=UtcTime)


class Visit(SQLModel, table=True):
    """A person at a place; a guest's ends with the session, `ends_at` says when at the latest."""

    id: str = Field(primary_key=True)
    user_id: str = Field(foreign_key="user.id", ondelete="CASCADE")
    place_id: str = Field(foreign_key="place.id", ondelete="CASCADE")
    alias_skeleton: str
    entered_at: datetime = Field(sa_type=UtcTime)
    ends_at: datetime | None = Field(default=None, sa_type=UtcTime)
    left_at: datetime | None = Field(default=None, sa_type=UtcTime)

    __table_args__ = (
        Index(
            "uq_visit_alias_present",
            "place_id",
            "alias_skeleton",
            unique=True,
            sqlite_where=text("left_at IS NULL"),
            postgresql_where=text("left_at IS NULL"),
        ),
        Index(
            "uq_visit_user_present",
            "user_id",
            "place_id",
            unique=True,
            sqlite_where=text("left_at IS NULL"),
            postgresql_where=text("left_at IS NULL"),
        ),
    )


class AliasQuarantine(SQLModel, table=True):
    """The hash of an alias that nobody may take up again for a while."""

    place_id: str = Field(primary_key=True, foreign_key="place.id", ondelete="CASCADE")
    skeleton_hash: str = Field(primary_key=True)
    until: datetime = Field(sa_type=UtcTime, index=True)


class StaffRole(SQLModel, table=True):
    user_id: str = Field(primary_key=True, foreign_key="user.id", ondelete="CASCADE")
    place_id: str = Field(primary_key=True, foreign_key="place.id", ondelete="CASCADE")
    role: str
    granted_at: datetime = Field(sa_type=UtcTime)
