"""The text of a message: kept as it was written, or refused."""

import unicodedata

import regex

from treno_chat.domain.refusals import Invalid
from treno_chat.domain.talk.messages import MAX_GRAPHEMES

# One grapheme may be endless (marks upon marks), so what is stored is bounded as well.
MAX_TYPED = 20 * MAX_GRAPHEMES

# Half a surrogate pair cannot be encoded, and PostgreSQL stores no NUL.
_UNSTORABLE = regex.compile(r"[\p{Cs}\x00]")
_BLANK = regex.compile(r"[\s\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]*")
_GRAPHEME = regex.compile(r"\X")


def clean_body(text: str) -> str:
    """Return the text in normal form C without the blank around it; nothing else is taken away."""
    if len(text) > MAX_TYPED:
        raise _refused("message_too_long", max=MAX_GRAPHEMES)
    if _UNSTORABLE.search(text):
        raise _refused("message_characters")
    clean = unicodedata.normalize("NFC", text).strip()
    if _BLANK.fullmatch(clean):
        raise _refused("message_empty")
    if count_graphemes(clean) > MAX_GRAPHEMES:
        raise _refused("message_too_long", max=MAX_GRAPHEMES)
    return clean


def count_graphemes(text: str) -> int:
    """Count what a reader sees as single characters."""
    return len(_GRAPHEME.findall(text))


def _refused(code: str, **params: int) -> Invalid:
    return Invalid(code, field="text", **params)
