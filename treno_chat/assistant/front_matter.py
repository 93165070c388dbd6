"""Reading a page: a head of `name: value` lines between two lines of dashes, then the text."""

import re
from dataclasses import fields
from datetime import date

from treno_chat.domain.assistant.pages import Figures, Page
from treno_chat.domain.words import LANGUAGES, Language

MAX_PAGE = 20_000

_FENCE = "---"
_NEEDED = ("slug", "title", "lang", "topic", "updated")
_NAMES = (*_NEEDED, "aliases")
_LINE = re.compile(r"([a-z]+):\s*(.*)")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_FIGURE = re.compile(r"\{([^{}]*)\}")
_FIGURES = frozenset(field.name for field in fields(Figures))


class BadPage(ValueError):
    """A page cannot be read; says where and why, for whoever writes pages."""

    def __init__(self, source: str, line: int, reason: str) -> None:
        super().__init__(f"{source}, line {line}: {reason}")
        self.source = source
        self.line = line
        self.reason = reason


def read_page(text: str, *, source: str, figures: Figures | None = None) -> Page:
    """Return the page that a text holds, its figures filled in; `source` is named in errors."""
    if len(text) > MAX_PAGE:
        raise BadPage(source, 1, f"longer than {MAX_PAGE} characters")
    lines = text.removeprefix("\ufeff").splitlines()
    head, end = _read_head(lines, source)
    for name in _NEEDED:
        if name not in head:
            raise BadPage(source, end, f"{name} is missing")
    body = "\n".join(lines[end:]).strip()
    if not body:
        raise BadPage(source, end, "there is no text below the head")
    return Page(
        slug=_slug(head, "slug", source),
        title=head["title"][0],
        language=_language(*head["lang"], source),
        topic=_slug(head, "topic", source),
        updated=_day(*head["updated"], source),
        aliases=_aliases(head),
        body=_fill(lines, end, source, figures or Figures()),
    )


def _read_head(lines: list[str], source: str) -> tuple[dict[str, tuple[str, int]], int]:
    """Return the values with their lines, and where the text begins."""
    if not lines or lines[0].strip() != _FENCE:
        raise BadPage(source, 1, "a page begins with a line of three dashes")
    head: dict[str, tuple[str, int]] = {}
    for number, line in enumerate(lines[1:], start=2):
        if line.strip() == _FENCE:
            return head, number
        found = _LINE.fullmatch(line.strip())
        if found is None or found[1] not in _NAMES:
            raise BadPage(source, number, f"not one of {', '.join(_NAMES)}: {line.strip()!r}")
        name, value = found[1], found[2].strip()
        if name in head:
            raise BadPage(source, number, f"{name} is said twice")
        if not value:
            raise BadPage(source, number, f"{name} is empty")
        head[name] = value, number
    raise BadPage(source, len(lines), "the head is not closed by a line of three dashes")


def _slug(head: dict[str, tuple[str, int]], name: str, source: str) -> str:
    value, line = head[name]
    if not _SLUG.fullmatch(value):
        raise BadPage(source, line, f"{name} is small letters, digits and single hyphens")
    return value


def _language(value: str, line: int, source: str) -> Language:
    for language in LANGUAGES:
        if language == value:
            return language
    raise BadPage(source, line, f"lang is one of {', '.join(LANGUAGES)}")


def _day(value: str, line: int, source: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise BadPage(source, line, "updated is a day such as 2026-11-21") from None


def _aliases(head: dict[str, tuple[str, int]]) -> tuple[str, ...]:
    value, _ = head.get("aliases", ("", 0))
    return tuple(alias for part in value.split(",") if (alias := part.strip()))


def _fill(lines: list[str], start: int, source: str, figures: Figures) -> str:
    filled: list[str] = []
    for number, line in enumerate(lines[start:], start=start + 1):
        for name in _FIGURE.findall(line):
            if name not in _FIGURES:
                raise BadPage(source, number, f"{{{name}}} is no figure: {sorted(_FIGURES)}")
        filled.append(_FIGURE.sub(lambda found: str(getattr(figures, found[1])), line))
    return "\n".join(filled).strip()
