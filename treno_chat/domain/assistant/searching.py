"""Looking for words in what was said: without capitals and accents, and where they stand."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from treno_chat.domain.assistant.conversations import Conversation, Utterance
from treno_chat.domain.assistant.titles import title_from

MAX_QUERY = 100
MAX_WORDS = 8
AROUND = 60
EXCERPT = 200
LAST = 100

_SOURCE_MARK = re.compile(r"\s*\[\d{1,2}\]")


class ConversationFilter(StrEnum):
    """Which conversations are meant: those where pages were quoted, or where they said nothing."""

    ALL = "all"
    SOURCED = "sourced"
    UNANSWERED = "unanswered"


@dataclass(frozen=True, kw_only=True, slots=True)
class Search:
    """What is looked for: all these words, in such conversations, changed since then."""

    words: tuple[str, ...] = ()
    which: ConversationFilter = ConversationFilter.ALL
    since: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Piece:
    """A part of a text; `is_match` when it is what was looked for."""

    text: str
    is_match: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Match:
    """A conversation in which the words stand: its title in pieces, and what was said of them.

    `last` is the beginning of what was said last, whatever it was.
    """

    conversation: Conversation
    title: tuple[Piece, ...]
    last: str = ""
    said: Utterance | None = None
    excerpt: tuple[Piece, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class MatchPage:
    """A page of what was found, the conversation that was changed last first."""

    matches: tuple[Match, ...]
    has_more: bool


def fold(text: str) -> str:
    """Return a text as it is searched: small letters without accents."""
    return "".join(map(_folded, text))


def words_in(query: str) -> tuple[str, ...]:
    """Return the words that are looked for; all of them have to be there."""
    words = dict.fromkeys(fold(query[:MAX_QUERY]).split())
    return tuple(words)[:MAX_WORDS]


def pieces_of(text: str, words: tuple[str, ...]) -> tuple[Piece, ...]:
    """Return a text in pieces, so that nobody has to count letters to mark what was found."""
    marked = _marks(text, words)
    pieces: list[Piece] = []
    for letter, is_match in zip(text, marked, strict=True):
        if pieces and pieces[-1].is_match == is_match:
            pieces[-1] = Piece(text=pieces[-1].text + letter, is_match=is_match)
        else:
            pieces.append(Piece(text=letter, is_match=is_match))
    return tuple(pieces)


def excerpt_of(text: str, words: tuple[str, ...]) -> tuple[Piece, ...]:
    """Return what stands around the first word that was found, in pieces."""
    first = next((at for at, is_match in enumerate(_marks(text, words)) if is_match), 0)
    start = max(0, first - AROUND)
    cut = text[start : start + EXCERPT]
    before = "…" if start else ""
    after = "…" if start + EXCERPT < len(text) else ""
    return pieces_of(f"{before}{cut}{after}", words)


def last_of(body: str) -> str:
    """Return the beginning of what was said, on one line and without the marks of sources."""
    return title_from(_SOURCE_MARK.sub("", body), maximum=LAST)


def _marks(text: str, words: tuple[str, ...]) -> list[bool]:
    folded, origin = "", list[int]()
    for at, letter in enumerate(text):
        small = _folded(letter)
        folded += small
        origin += [at] * len(small)
    marked = [False] * len(text)
    for word in words:
        at = folded.find(word)
        while at >= 0:
            for place in origin[at : at + len(word)]:
                marked[place] = True
            at = folded.find(word, at + len(word))
    return marked


def _folded(letter: str) -> str:
    parts = unicodedata.normalize("NFD", letter.casefold())
    return "".join(part for part in parts if not unicodedata.combining(part))
