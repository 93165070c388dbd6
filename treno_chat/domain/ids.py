"""Identifiers: text, unique, ordered by the time they were made."""

import secrets
import time
import uuid

UserId = str
SessionId = str
PlaceId = str
RoomId = str
MessageId = str
VisitId = str
TaskId = str
ConversationId = str
UtteranceId = str
OpenQuestionId = str


def new_id() -> str:
    """Return a fresh UUIDv7 (RFC 9562 §5.7): 48 bits of milliseconds, then randomness."""
    milliseconds = time.time_ns() // 1_000_000
    value = (milliseconds << 80) | secrets.randbits(80)
    value = (value & ~(0xF << 76)) | (0x7 << 76)
    value = (value & ~(0x3 << 62)) | (0x2 << 62)
    text = f"{value:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def is_plain(text: str) -> bool:
    """Say whether a text may be one of our names or ids.

    These are plain; a NUL or half a surrogate pair would be an error of the database.
    """
    return text.isascii() and text.isprintable()


def is_client_id(text: str) -> bool:
    """Say whether a text is the id of a client's own: a UUID in its usual spelling."""
    try:
        return str(uuid.UUID(text)) == text
    except ValueError:
        return False
