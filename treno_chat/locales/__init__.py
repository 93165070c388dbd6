"""The words of every screen: one catalogue a language, sorted by key."""

import json
from functools import cache
from importlib.resources import files

from treno_chat.domain.words import LANGUAGES, Catalogue, Language, Words


@cache
def load_catalogues() -> dict[Language, Catalogue]:
    """Return the catalogues by language."""
    here = files(__name__)
    return {
        language: json.loads((here / f"{language}.json").read_text(encoding="utf-8"))
        for language in LANGUAGES
    }


def words_in(language: Language) -> Words:
    """Return the words of a language, as they are said on a train."""
    return Words(language=language, catalogue=load_catalogues()[language])
