"""Passwords that everybody tries first: the blocklist, and what is only put together from it.

The list is zxcvbn's: 30,000 passwords of leaks, 11,000 of them with eight characters and more. Long
ones are rarely on any list; they are two of its words, said again, with a year behind them.
"""

import re
import unicodedata
from collections.abc import Collection
from functools import lru_cache

from zxcvbn.frequency_lists import FREQUENCY_LISTS

OURS = frozenset(
    {"treno", "trenochat", "chat", "passkey", "carrozza", "stazione", "ferrovia", "trenitalia"}
)
MIN_WORD = 3
MAX_WORDS = 2
MIN_VARIETY = 5
MIN_SPELLED = 0.6
_NUMBER = re.compile(r"\d{1,4}(?!\d)")
_SUBSTITUTES = str.maketrans("@430$5!17", "aaeossiit")


def is_common(password: str, own: Collection[str] = ()) -> bool:
    """Say whether a password is on the list, or is made of no more than two words that are.

    `own` is what everybody knows of the person: their alias, their address.
    """
    spelled = fold(password)
    words = {fold(one) for one in own if len(fold(one)) >= MIN_WORD} | OURS
    if len(set(password)) < MIN_VARIETY:
        return True
    if len(spelled) < MIN_SPELLED * len(password):
        return False  # Mostly signs: those are worth something.
    return any(_is_made_of(each, words) for each in {spelled, spelled.translate(_SUBSTITUTES)})


def fold(text: str) -> str:
    """Return what remains of a text without case, spaces and signs."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(one for one in plain if one.isalnum() or one in "@$!")


@lru_cache(maxsize=1)
def listed() -> frozenset[str]:
    """Return the list, as it is compared."""
    return frozenset(FREQUENCY_LISTS["passwords"])


def _is_made_of(text: str, own: Collection[str]) -> bool:
    """Say whether words of the list, at most two different ones, and short numbers make it up."""
    known = listed()
    longest = max(len(text), 1)
    seen: set[tuple[int, frozenset[str]]] = set()
    open_ends: list[tuple[int, frozenset[str]]] = [(0, frozenset())]
    while open_ends:
        at, used = open_ends.pop()
        if at == len(text):
            return True
        nexts = [
            (end, used | {text[at:end]})
            for end in range(at + MIN_WORD, min(at + longest, len(text)) + 1)
            if text[at:end] in known or text[at:end] in own
        ]
        nexts += [(number.end(), used) for number in [_number_at(text, at)] if number]
        if text[at] in "@$!":
            nexts.append((at + 1, used))
        for one in nexts:
            if len(one[1]) <= MAX_WORDS and one not in seen:
                seen.add(one)
                open_ends.append(one)
    return False


def _number_at(text: str, at: int) -> re.Match[str] | None:
    """Return a year or the like, standing alone: longer numbers are worth something."""
    is_first = at == 0 or not text[at - 1].isdecimal()
    return _NUMBER.match(text, at) if is_first else None
