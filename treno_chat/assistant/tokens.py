"""Words as they are looked for: small letters, no accents, the stem of each, no filler."""

import re
import unicodedata
from functools import cache
from typing import Protocol, cast

import Stemmer

from treno_chat.assistant.filler import FILLER
from treno_chat.domain.words import LANGUAGES, Language

_WORD = re.compile(r"[^\W_]+")
_STEMMERS: dict[Language, str] = {"it": "italian", "en": "english"}


class _Stems(Protocol):
    def stemWords(self, words: list[str]) -> list[str]: ...  # noqa: N802 - the library's name


def words_of(text: str) -> list[str]:
    """Return the words of a text, small and with their accents."""
    return _WORD.findall(unicodedata.normalize("NFC", text).casefold())


def stems_of(text: str, language: Language) -> list[str]:
    """Return the stems of the words that mean something."""
    words = [word for word in words_of(text) if word not in FILLER[language]]
    return [_bare(stem) for stem in _stemmer(language).stemWords(words)]


def stems_in_any(text: str) -> frozenset[str]:
    """Return the stems of a question, read in each language that it might be in."""
    return frozenset(stem for language in LANGUAGES for stem in stems_of(text, language))


def _bare(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


@cache
def _stemmer(language: Language) -> _Stems:
    return cast(_Stems, Stemmer.Stemmer(_STEMMERS[language]))
