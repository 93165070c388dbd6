"""Single lines that other people read: what may be written in one, and how long it may be."""

import unicodedata

import regex

from treno_chat.domain.refusals import Invalid
from treno_chat.domain.talk.bodies import count_graphemes

# One grapheme may be endless (emoji joined to emoji), so what is typed is bounded as well.
TYPED_PER_GRAPHEME = 10

_SPACES = regex.compile(r"\p{Zs}+")
# Joiners and variation selectors are invisible, yet some names and emoji cannot be written
# without them: a joiner after a virama (ශ්‍රී, as RFC 5892 A.1 and A.2 have it), a joiner between
# two emoji, a selector after an emoji. Nowhere else.
_RIGHTFUL_INVISIBLES = regex.compile(
    r"(?<=\p{Canonical_Combining_Class=Virama})[\u200C\u200D]"
    r"|(?<=[\p{Extended_Pictographic}\p{Emoji_Modifier}]\uFE0F?)\u200D(?=\p{Extended_Pictographic})"
    r"|(?<=\p{Emoji})[\uFE0E\uFE0F]"
)
_REFUSED = regex.compile(
    r"[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]"
    r"|^\p{M}"  # a mark with nothing to stand on
    r"|\p{Mn}{5,}"  # letters that climb out of their line (UTS 39 §5.4 allows four)
)


def straighten(text: str) -> str | None:
    """Return a line in normal form C with single spaces; None for one with a refused character."""
    clean = _SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip(" ")
    return None if _REFUSED.search(_RIGHTFUL_INVISIBLES.sub("", clean)) else clean


def clean_line(text: str, *, field: str, maximum: int, may_be_empty: bool = False) -> str:
    """Return the line that was typed, or refuse it at its field."""
    if len(text) > maximum * TYPED_PER_GRAPHEME:
        raise Invalid("line_too_long", field=field, max=maximum)
    clean = straighten(text)
    if clean is None:
        raise Invalid("line_characters", field=field)
    if count_graphemes(clean) > maximum:
        raise Invalid("line_too_long", field=field, max=maximum)
    if not (clean or may_be_empty):
        raise Invalid("line_empty", field=field)
    return clean
