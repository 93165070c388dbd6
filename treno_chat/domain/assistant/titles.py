"""Titles that a person gives to what is their own: one line, kept as it was written."""

import unicodedata

import regex

from treno_chat.domain.refusals import Invalid
from treno_chat.domain.talk.bodies import count_graphemes

# One grapheme may be endless (marks upon marks), so what is typed is bounded as well.
TYPED_PER_GRAPHEME = 20

_UNWRITABLE = regex.compile(r"[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]")
_INVISIBLE = r"[\s\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]"
_BLANK = regex.compile(rf"{_INVISIBLE}*")
_BLANK_BEFORE = regex.compile(rf"^{_INVISIBLE}+")
_GRAPHEME = regex.compile(r"\X")


def clean_title(text: str, *, maximum: int) -> str:
    """Return the title in normal form C without the blank around it, or refuse it."""
    if len(text) > maximum * TYPED_PER_GRAPHEME:
        raise _refused(maximum)
    clean = unicodedata.normalize("NFC", text).strip()
    is_there = not (_UNWRITABLE.search(clean) or _BLANK.fullmatch(clean))
    if not is_there or count_graphemes(clean) > maximum:
        raise _refused(maximum)
    return clean


def title_from(text: str, *, maximum: int) -> str:
    """Return the beginning of a text as a title."""
    line = " ".join(_UNWRITABLE.sub(" ", text).split())
    return "".join(_GRAPHEME.findall(_BLANK_BEFORE.sub("", line))[:maximum]).strip()


def _refused(maximum: int) -> Invalid:
    return Invalid("invalid_title", field="title", max=maximum)
