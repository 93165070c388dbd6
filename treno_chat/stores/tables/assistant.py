"""What the assistant keeps."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from treno_chat.stores.tables.base import UtcTime


class Passage(SQLModel, table=True):
    """The vector of a text, found by the hash of the text; another model makes others."""

    model: str = Field(primary_key=True)
    content_hash: str = Field(primary_key=True)
    dim: int
    vector: bytes
    made_at: datetime = Field(sa_type=UtcTime)
