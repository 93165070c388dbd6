"""What the page of the assistant draws: made in the browser of what the API tells."""

from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True, slots=True)
class Piece:
    """A piece of a text: words, found ones perhaps, or the mark of a source `of` an answer."""

    text: str = ""
    mark: int = 0
    of: str = ""
    is_found: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Chip:
    """A page that the answer `of` quotes; `other` is its language if not that of the reader."""

    key: str = ""
    of: str = ""
    mark: int = 0
    title: str = ""
    snippet: str = ""
    slug: str = ""
    language: str = ""
    other: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Turn:
    """A question of mine, or what became of it: words alone, or pieces with marks.

    `chips` are the pages that the words name; `others` are near, and were not quoted.
    """

    key: str = ""
    kind: str = ""
    id: str = ""
    client_id: str = ""
    question: str = ""
    text: str = ""
    pieces: list[Piece] = field(default_factory=list[Piece])
    time: str = ""
    iso: str = ""
    full: str = ""
    state: str = ""
    trouble: str = ""
    chips: list[Chip] = field(default_factory=list[Chip])
    others: list[Chip] = field(default_factory=list[Chip])
    engine: str = ""
    seconds: str = ""
    is_refusal: bool = False
    is_degraded: bool = False
    is_truncated: bool = False
    is_handed: bool = False
    rating: int = 0
    earlier: list[str] = field(default_factory=list[str])


@dataclass(frozen=True, kw_only=True, slots=True)
class Listed:
    """A conversation in the list; the pieces say where what was sought is."""

    id: str = ""
    title: list[Piece] = field(default_factory=list[Piece])
    snippet: list[Piece] = field(default_factory=list[Piece])
    time: str = ""
    iso: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Group:
    """The conversations of a day."""

    label: str = ""
    conversations: list[Listed] = field(default_factory=list[Listed])


@dataclass(frozen=True, kw_only=True, slots=True)
class Paragraph:
    """A paragraph of a page of the guide, quoted or not."""

    key: str = ""
    text: str = ""
    is_quoted: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class GuidePage:
    """A page of the guide as the sheet shows it."""

    title: str = ""
    language: str = ""
    updated: str = ""
    trouble: str = ""
    is_loading: bool = False
    paragraphs: list[Paragraph] = field(default_factory=list[Paragraph])
