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


class AnswerRun(SQLModel, table=True):
    """What is being answered to a person right now: one thing at a time, in whichever process."""

    user_id: str = Field(primary_key=True, foreign_key="user.id", ondelete="CASCADE")
    question_id: str = Field(foreign_key="utterance.id", ondelete="CASCADE", index=True)
    begun_at: datetime = Field(sa_type=UtcTime)
    is_stopped: bool = False
