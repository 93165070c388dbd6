"""Reading what a person wants done with their tasks, in Italian and in English."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from treno_chat.assistant import grammar_en, grammar_it
from treno_chat.assistant.tokens import words_of
from treno_chat.domain.words import Language


class Verb(StrEnum):
    """What can be done with tasks."""

    ADD = "add"
    LIST = "list"
    COMPLETE = "complete"
    RENAME = "rename"
    DELETE = "delete"


@dataclass(frozen=True, kw_only=True, slots=True)
class Intent:
    """What is wanted; unless it is plain, it may as well be about something else.

    `is_asked` if it is a question that requests nothing.
    """

    verb: Verb
    title: str = ""
    new_title: str = ""
    is_plain: bool = False
    is_asked: bool = False


class _Rule(NamedTuple):
    verb: Verb
    is_plain: bool
    pattern: re.Pattern[str]


def _rules(rows: tuple[tuple[str, bool, str], ...]) -> tuple[_Rule, ...]:
    return tuple(
        _Rule(Verb(verb), is_plain, re.compile(pattern, re.IGNORECASE))
        for verb, is_plain, pattern in rows
    )


_RULES: Mapping[Language, tuple[_Rule, ...]] = {
    "it": _rules(grammar_it.ROWS),
    "en": _rules(grammar_en.ROWS),
}
_POLITE: Mapping[Language, re.Pattern[str]] = {
    "it": re.compile(grammar_it.POLITE, re.IGNORECASE),
    "en": re.compile(grammar_en.POLITE, re.IGNORECASE),
}
_THANKS = re.compile(
    r"[\s,.!?]+(?:please|thanks|thank you|per favore|per piacere|grazie)$", re.IGNORECASE
)
_ASKING = re.compile(grammar_en.ASKING + "|" + grammar_it.ASKING, re.IGNORECASE)
_EMPTY = frozenset((grammar_en.EMPTY + grammar_it.EMPTY).split())
_DOUBT = frozenset((grammar_en.DOUBT + grammar_it.DOUBT).split())
_YES = re.compile(grammar_en.YES + "|" + grammar_it.YES, re.IGNORECASE)
_NO = re.compile(grammar_en.NO + "|" + grammar_it.NO, re.IGNORECASE)
_NUMBER = re.compile(
    r"(?:(?:task|compito|number|numero|the|il|la|n[.°]?|#)\s*)*(\d{1,3})[.)]?", re.IGNORECASE
)
_QUOTES = "\"'“”«»’ \t"
# A title has 200 characters; longer sentences are about something else.
MAX_TEXT = 300


def read_intent(text: str) -> Intent | None:
    """Return what a sentence wants done, None when it is about no task."""
    line = " ".join(text.split())
    if len(line) > MAX_TEXT:
        return None
    for language, rules in _RULES.items():
        polite = _POLITE[language].match(line)
        wish = _THANKS.sub("", _POLITE[language].sub("", _bare(line)))
        is_asked = "?" in line and not (polite and polite["request"])
        for rule in rules:
            if found := rule.pattern.fullmatch(wish):
                return _intent(rule, found, is_asked=is_asked)
    return None


def read_title(text: str) -> str:
    """Return the title that a person says when asked for one, empty if they say something else."""
    line = " ".join(text.split())
    is_other = "?" in line or _ASKING.match(line) is not None or is_empty(line)
    return "" if is_other else _THANKS.sub("", _bare(line)).strip(_QUOTES)


def is_empty(title: str) -> bool:
    """Say whether a title is none: "a task" is what somebody wants, not what is to be done."""
    return not title or (bool(words_of(title)) and not telling_words(title))


def telling_words(text: str) -> frozenset[str]:
    """Return the words of a text but those that may stand around any title."""
    return frozenset(words_of(text)) - _EMPTY


def casts_doubt(words: frozenset[str]) -> bool:
    """Say whether one of the words denies what is said, makes it depend, or halves it."""
    return not words.isdisjoint(_DOUBT)


def says_yes(text: str) -> bool:
    """Say whether a person agrees."""
    return _YES.fullmatch(_bare(text.replace(",", ""))) is not None


def says_no(text: str) -> bool:
    """Say whether a person would rather not."""
    return _NO.fullmatch(_bare(text.replace(",", ""))) is not None


def read_number(text: str) -> int | None:
    """Return the number that a person names, None if it is something else."""
    found = _NUMBER.fullmatch(_bare(text))
    return int(found[1]) if found else None


def _intent(rule: _Rule, found: re.Match[str], *, is_asked: bool) -> Intent:
    parts = {name: (value or "").strip(_QUOTES) for name, value in found.groupdict().items()}
    return Intent(
        verb=rule.verb,
        title=parts.get("title", ""),
        new_title=parts.get("new", ""),
        is_plain=rule.is_plain,
        is_asked=is_asked,
    )


def _bare(text: str) -> str:
    return text.strip().rstrip(".!?… ").strip()
