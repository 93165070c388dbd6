"""How a list of conversations looks in the API, and where in them stands what was searched for."""

from collections.abc import Iterable
from typing import Any

from pydantic import ConfigDict, Field

from treno_chat.api.v1.conversation_shapes import CONVERSATION, ConversationTold
from treno_chat.api.v1.shapes import Told
from treno_chat.domain.assistant.searching import LAST, Match, Piece

_MATCH: dict[str, Any] = {
    **CONVERSATION,
    "title_pieces": [
        {"text": "Quando ", "is_match": False},
        {"text": "arriv", "is_match": True},
        {"text": "iamo?", "is_match": False},
    ],
    "last": "Alle 10:18, al binario 2.",
    "message_id": None,
    "excerpt": [],
}


class PieceTold(Told):
    """A part of a text; together they are all of it."""

    text: str
    is_match: bool = Field(description="Whether it is what was searched for")


class MatchTold(ConversationTold):
    """A conversation that was found, and where; its title and an excerpt come in pieces."""

    model_config = ConfigDict(frozen=True, json_schema_extra={"examples": [_MATCH]})

    title_pieces: list[PieceTold]
    last: str = Field(description=f"What was said last, on one line, up to {LAST} characters")
    message_id: str | None = Field(description="What was said with the words in it, if anything")
    excerpt: list[PieceTold] = Field(description="What stands around them there")


class ConversationsTold(Told):
    """A page of conversations, the one that changed last first."""

    model_config = ConfigDict(
        frozen=True, json_schema_extra={"examples": [{"items": [_MATCH], "next": None}]}
    )

    items: list[MatchTold]
    next: str | None = Field(description="The cursor of the page that follows, if there is one")


def match_told(match: Match) -> MatchTold:
    """Return a conversation that was found as the API tells it."""
    return MatchTold(
        id=match.conversation.id,
        title=match.conversation.title,
        created_at=match.conversation.created_at,
        updated_at=match.conversation.updated_at,
        title_pieces=_pieces_told(match.title),
        last=match.last,
        message_id=match.said.id if match.said else None,
        excerpt=_pieces_told(match.excerpt),
    )


def _pieces_told(pieces: Iterable[Piece]) -> list[PieceTold]:
    return [PieceTold(text=piece.text, is_match=piece.is_match) for piece in pieces]
