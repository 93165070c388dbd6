"""Aliases: what may be worn as a name, and when two of them look alike (UTS 39)."""

import json
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import cast

import regex

from treno_chat.domain.lines import straighten
from treno_chat.domain.refusals import Invalid
from treno_chat.domain.talk.bodies import count_graphemes

MIN_GRAPHEMES = 2
MAX_GRAPHEMES = 20
# One grapheme may be endless (emoji joined to emoji), so what is typed is bounded as well.
MAX_TYPED = 200
RESERVED = ("admin", "system", "moderator", "staff", "treno", "support")

_VISIBLE = regex.compile(r"[\p{L}\p{N}\p{Extended_Pictographic}\p{Regional_Indicator}]")
# Invisible where they are rightful too, so two aliases never differ by them alone.
_IGNORED = regex.compile(r"[\p{Default_Ignorable_Code_Point}\p{Cf}]")
_LATIN = regex.compile(r"\p{Latin}")
_PASSES_FOR_LATIN = regex.compile(r"[A-Za-z\P{L}]+")
_ORNAMENT = regex.compile(r"[^\p{L}]")


@dataclass(frozen=True, kw_only=True, slots=True)
class Alias:
    """A name as it is shown, and the skeleton that everything looking like it shares."""

    text: str
    skeleton: str


def clean_alias(text: str) -> Alias:
    """Return the alias that was typed, or refuse it at its field."""
    if len(text) > MAX_TYPED:
        raise _refused("alias_too_long", max=MAX_GRAPHEMES)
    clean = straighten(text)
    if clean is None:
        raise _refused("alias_characters")
    graphemes = count_graphemes(clean)
    if graphemes < MIN_GRAPHEMES:
        raise _refused("alias_too_short", min=MIN_GRAPHEMES)
    if graphemes > MAX_GRAPHEMES:
        raise _refused("alias_too_long", max=MAX_GRAPHEMES)
    if not _VISIBLE.search(clean):
        raise _refused("alias_characters")
    skeleton = skeleton_of(clean)
    if _ORNAMENT.sub("", skeleton) in _reserved():
        raise _refused("alias_reserved")
    return Alias(text=clean, skeleton=skeleton)


def skeleton_of(text: str) -> str:
    """Return what all texts that look like this one share, whatever their case.

    Small and capital letters do not look like the same strangers (a capital eta is an
    H, a small one is not), so one of the two must come first: the look, where the text is Latin
    or passes for it, so that an H in Greek is caught in "Henry"; else the case, so that a Greek
    name in capitals is the same name.
    """
    text = unicodedata.normalize("NFD", _IGNORED.sub("", text))
    if not (_LATIN.search(text) or _PASSES_FOR_LATIN.fullmatch(_as_seen(text))):
        text = text.casefold()
    while (folded := _fold(text)) != text:
        text = folded
    return text


def _fold(text: str) -> str:
    folded = unicodedata.normalize("NFKD", _as_seen(text)).casefold()
    return unicodedata.normalize("NFD", _IGNORED.sub("", folded))


def _as_seen(text: str) -> str:
    table = _prototypes()
    return "".join(table.get(char, char) for char in text)


@cache
def _reserved() -> frozenset[str]:
    return frozenset(skeleton_of(name) for name in RESERVED)


@cache
def _prototypes() -> dict[str, str]:
    """Return the character that each confusable one is shown as.

    The package keeps Unicode's table both ways round and without saying which way: a prototype
    is what has several look-alikes or several characters; of a lone pair the lesser is taken.
    Beyond that table `i` counts as `l`, because `I` is both: "GiuIia" must not stand beside
    "Giulia". That "Lia" and "Ila" cannot be in one place either is the price.
    """
    data = (files("confusable_homoglyphs") / "confusables.json").read_text(encoding="utf-8")
    # Unicode writes right-to-left characters between marks of direction.
    pairs = cast("dict[str, list[dict[str, str]]]", json.loads(_IGNORED.sub("", data)))
    table: dict[str, str] = {}
    for char, alike in pairs.items():
        other = alike[0]["c"]
        if len(alike) == 1 and (len(pairs[other]) > 1 or len(other) > 1 or other < char):
            table[char] = other
    return table | {"I": "l", "i": "l"}


def _refused(code: str, **params: int) -> Invalid:
    return Invalid(code, field="alias", **params)
