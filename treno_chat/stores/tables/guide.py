"""What the staff of a place keeps for the assistant: its own pages, and what no page answered."""

from datetime import date, datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from treno_chat.stores.tables.base import UtcTime


class GuidePage(SQLModel, table=True):
    """A page of a place's own; `version` is another after every change, and grows with time."""

    place_id: str = Field(primary_key=True, foreign_key="place.id", ondelete="CASCADE")
    slug: str = Field(primary_key=True)
    language: str = Field(primary_key=True)
    title: str
    topic: str
    aliases: str = ""
    body: str
    updated: date
    version: str


class OpenQuestion(SQLModel, table=True):
    """A question that waits for staff; whose it is stands here only if they handed it over.

    The same question asked again without a name is counted in `times`, found by what it says
    when it is `folded`.
    """

    id: str = Field(primary_key=True)
    place_id: str = Field(foreign_key="place.id", ondelete="CASCADE")
    kind: str
    body: str
    folded: str
    language: str
    times: int = 1
    asked_at: datetime = Field(sa_type=UtcTime)
    user_id: str | None = Field(default=None, foreign_key="user.id", ondelete="CASCADE", index=True)
    utterance_id: str | None = Field(
        default=None, foreign_key="utterance.id", ondelete="CASCADE", unique=True
    )
    settled_at: datetime | None = Field(default=None, sa_type=UtcTime)

    __table_args__ = (Index("ix_openquestion_place_id_folded", "place_id", "folded"),)
