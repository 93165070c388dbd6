"""Words: what a screen says, in the person's language and for the kind of place they are at."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, get_args

from treno_chat.domain.places import PlaceKind

Language = Literal["it", "en"]
Catalogue = Mapping[str, str]

LANGUAGES: tuple[Language, ...] = get_args(Language)
# For whom speaks neither: more people read English than Italian.
FOR_STRANGERS: Language = "en"
# For a client that says nothing at all: the places are in Italy.
AT_HOME: Language = "it"

_WEIGHT = re.compile(r"q\s*=\s*(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)")


class MissingWords(LookupError):
    """A key, or a value that its words need, is not there: a mistake of ours."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Words:
    """One language's words; railway words give way to a variant where there is one.

    A key is looked for as `key@beach`, then `key@place` (anywhere but a train), then `key`.
    """

    language: Language
    catalogue: Catalogue = field(repr=False)
    kind: PlaceKind = PlaceKind.TRAIN

    def at(self, kind: PlaceKind) -> "Words":
        """Return the same words as they are said at another kind of place."""
        return replace(self, kind=kind)

    def has(self, key: str) -> bool:
        """Say whether there are words for a key."""
        return any(name in self.catalogue for name in self._names(key))

    def say(self, key: str, **values: str | int) -> str:
        """Return the words of a key, filled in with `values`."""
        try:
            return self._template(key).format_map(values)
        except KeyError as missing:
            raise MissingWords(f"{self.language}: {key} needs {missing}") from missing

    def count(self, key: str, number: int, **values: str | int) -> str:
        """Return the words for one or for many, `{n}` being the number; for none, if there are."""
        form = "one" if number == 1 else "other"
        if number == 0 and self.has(f"{key}.none"):
            form = "none"
        return self.say(f"{key}.{form}", n=number, **values)

    def _template(self, key: str) -> str:
        for name in self._names(key):
            if name in self.catalogue:
                return self.catalogue[name]
        raise MissingWords(f"{self.language}: {key}")

    def _names(self, key: str) -> tuple[str, ...]:
        if self.kind is PlaceKind.TRAIN:
            return (key,)
        return (f"{key}@{self.kind}", f"{key}@place", key)


def choose_language(cookie: str | None, accept_language: str | None) -> Language:
    """Return the language chosen before, else the best one that the browser asks for.

    Reads the header as RFC 9110 §12.5.4 has it; `it-CH` counts as `it`.
    """
    for language in LANGUAGES:
        if cookie == language:
            return language
    if accept_language is None or not accept_language.strip():
        return AT_HOME
    wishes = _wishes(accept_language)
    # Of equal wishes the one named first; a wish for anything is met in the strangers' language.
    order = [*wishes, FOR_STRANGERS, AT_HOME]
    anything = wishes.get("*", 0.0)
    known: list[Language] = [one for one in LANGUAGES if wishes.get(one, anything) > 0]
    if not known:
        return FOR_STRANGERS
    return max(known, key=lambda one: (wishes.get(one, anything), -order.index(one)))


def _wishes(header: str) -> dict[str, float]:
    """Return the weight of every language named, in the order of naming."""
    wishes: dict[str, float] = {}
    for part in header.lower().split(","):
        name, _, weight = (piece.strip() for piece in part.partition(";"))
        language = name.split("-")[0]
        wishes[language] = max(wishes.get(language, 0.0), _weight(weight))
    return wishes


def _weight(text: str) -> float:
    if not text:
        return 1.0
    found = _WEIGHT.fullmatch(text)
    return float(found[1]) if found else 0.0
