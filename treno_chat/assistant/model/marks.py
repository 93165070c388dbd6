"""Making what a model wrote fit to be shown: no mark without a source, no address of its own."""

import re
from collections.abc import Collection, Iterable

import regex

# Beyond this a model has lost its thread: an answer has two or three sentences.
MAX_TEXT = 4000

_MARK = re.compile(r"[ \t]*\[\^?(\d{1,4}(?:\s*[,;]\s*\d{1,4})*)\]")
_THOUGHT = re.compile(r"<think(?:ing)?>.*?(?:</think(?:ing)?>|$)", re.DOTALL | re.IGNORECASE)
_OPEN_MARK = re.compile(r"[ \t]*\[[\d\s,;^]{0,20}$")
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\"'“”«»)\]]+", re.IGNORECASE)
_LINK = re.compile(r"!?\[([^\]\d][^\]]*)\]\(([^)\s]*)\)")
_UNWRITABLE = regex.compile(r"[\p{Cs}\p{Zl}\p{Zp}[\p{Cc}--[\n]]]", flags=regex.V1)
_SENTENCE_END = re.compile(r"[.!?…](?:[»”\")]*(?:\s*\[\d+\])*)(?=\s|$)")


def fit_to_show(text: str, *, numbers: Collection[int], said: Iterable[str]) -> str:
    """Return a text with marks of `numbers` alone, and with addresses that stand in `said` alone.

    What a model thinks aloud is left out. Whatever it may have been talked into, it leads nobody
    to a place of its own choice.
    """
    known = {address for each in said for address in _addresses(each)}
    written = _UNWRITABLE.sub("", _THOUGHT.sub("", text)[:MAX_TEXT])
    plain = _LINK.sub(r"\1", written)
    safe = _ADDRESS.sub(lambda found: found[0] if _bare(found[0]) in known else "…", plain)
    return _MARK.sub(lambda found: _marks(found[1], numbers), safe).strip()


def without_open_mark(text: str) -> str:
    """Return a text that is still growing, without the half of a mark at its end."""
    return _OPEN_MARK.sub("", text)


def without_marks(text: str) -> str:
    """Return a text without any mark: those of earlier answers mean other pages."""
    return _MARK.sub("", text)


def has_mark(text: str) -> bool:
    """Say whether a source is named."""
    return _MARK.search(text) is not None


def has_sentence(text: str) -> bool:
    """Say whether at least one sentence came to its end."""
    return _SENTENCE_END.search(text) is not None


def _addresses(text: str) -> list[str]:
    return [_bare(found) for found in _ADDRESS.findall(text)]


def _bare(address: str) -> str:
    return address.rstrip(".,;:!?…")


def _marks(listed: str, numbers: Collection[int]) -> str:
    known = [int(each) for each in re.split(r"\s*[,;]\s*", listed) if int(each) in numbers]
    return "".join(f" [{each}]" for each in known)
