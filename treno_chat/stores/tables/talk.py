"""Rooms and what is said in them."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from treno_chat.stores.tables.base import UtcTime


class Room(SQLModel, table=True):
    id: str = Field(primary_key=True)
    place_id: str = Field(foreign_key="place.id", ondelete="CASCADE")
    slug: str
    name: str
    kind: str
    position: int
    last_seq: int = 0
    last_rev: int = 0

    __table_args__ = (UniqueConstraint("place_id", "slug"),)


class Membership(SQLModel, table=True):
    user_id: str = Field(primary_key=True, foreign_key="user.id", ondelete="CASCADE")
    room_id: str = Field(primary_key=True, foreign_key="room.id", ondelete="CASCADE", index=True)
    last_read_seq: int = 0
    joined_at: datetime = Field(sa_type=UtcTime)


class Message(SQLModel, table=True):
    """`expires_at` is when it goes at the latest; a guest's goes earlier, with the visit."""

    id: str = Field(primary_key=True)
    room_id: str = Field(foreign_key="room.id", ondelete="CASCADE")
    seq: int
    rev: int
    client_id: str
    kind: str
    author_id: str | None = Field(default=None, foreign_key="user.id", ondelete="SET NULL")
    visit_id: str | None = Field(
        default=None, foreign_key="visit.id", ondelete="SET NULL", index=True
    )
    author_alias: str | None = None
    author_gender: str | None = None
    author_is_anonymous: bool | None = None
    author_is_staff: bool | None = None
    body: str | None = None
    sent_at: datetime = Field(sa_type=UtcTime)
    edited_at: datetime | None = Field(default=None, sa_type=UtcTime)
    removed_at: datetime | None = Field(default=None, sa_type=UtcTime)
    expires_at: datetime = Field(sa_type=UtcTime, index=True)

    __table_args__ = (
        UniqueConstraint("room_id", "seq"),
        UniqueConstraint("author_id", "client_id"),
        Index("ix_message_room_id_rev", "room_id", "rev"),
    )
